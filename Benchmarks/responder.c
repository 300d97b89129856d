// A name server as cheap as one can be, so that a client's limit shows and not the server's: it answers every query
// with four addresses made from the digits of the first label. Usage: responder PORT
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { batch = 64, size = 1024, records = 4 };

// Turns the query in place into its answer; returns the answer's length, or 0 for what is no query.
static size_t answer(uint8_t *message, size_t length) {
    if (length < 17 || length > 512) return 0;
    size_t end = 12;
    uint32_t number = 0;
    while (end < length && message[end] != 0) {
        size_t next = end + 1 + message[end];
        for (size_t i = end + 1; end == 12 && i < next && i < length; i++)
            if (message[i] >= '0' && message[i] <= '9') number = number * 10 + (message[i] - '0');
        end = next;
    }
    end += 5;
    if (end > length) return 0;
    static const uint8_t header[10] = {0x84, 0x00, 0, 1, 0, records, 0, 0, 0, 0};
    message[2] |= header[0];
    memcpy(message + 3, header + 1, sizeof header - 1);
    for (uint8_t i = 0; i < records; i++) {
        const uint8_t record[16] = {0xC0, 12, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, 10, i, (uint8_t)(number >> 8), (uint8_t)number};
        memcpy(message + end, record, sizeof record);
        end += sizeof record;
    }
    return end;
}

int main(int count, char **arguments) {
    if (count != 2) return fprintf(stderr, "usage: responder PORT\n"), 64;
    int descriptor = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int buffer = 4 << 20;
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
    if (bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0) return perror("bind"), 1;

    static uint8_t bytes[batch][size];
    static struct sockaddr_in peers[batch];
    static struct iovec pieces[batch];
    static struct mmsghdr messages[batch];
    for (;;) {
        for (int i = 0; i < batch; i++) {
            pieces[i] = (struct iovec){bytes[i], size};
            messages[i].msg_hdr = (struct msghdr){&peers[i], sizeof peers[i], &pieces[i], 1, NULL, 0, 0};
        }
        int received = recvmmsg(descriptor, messages, batch, MSG_WAITFORONE, NULL);
        if (received <= 0) continue;
        int ready = 0;
        for (int i = 0; i < received; i++) {
            size_t length = answer(bytes[i], messages[i].msg_len);
            if (length == 0) continue;
            pieces[i].iov_len = length;
            messages[ready++] = messages[i];
        }
        for (int sent = 0, n; sent < ready; sent += n)
            if ((n = sendmmsg(descriptor, messages + sent, (unsigned)(ready - sent), 0)) <= 0) break;
    }
}
