enum DNSWirePlaceholder {}
