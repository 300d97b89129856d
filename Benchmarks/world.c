// The DNS of any number of domains, as cheap as it can be: one process is the root, the top-level domain `test`, two name
// servers of every domain below it, and three resolvers, told apart by the address they are asked at.
//
//     world [PORT [FILE]]     on 127.0.0.1 root and test, 127.0.0.2 and .3 the domains, 127.0.0.53 to .55 resolvers
//
// With FILE it writes there what each of them was asked in each second. SIGUSR1 moves all domains: their addresses are others.
//
// Every domain has SOA, NS, A, AAAA, MX, TXT and CAA at its apex and below; nothing is signed.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

enum { batch = 64, size = 1500, sockets = 6 };
enum { A = 1, NS = 2, SOA = 6, MX = 15, TXT = 16, AAAA = 28, OPT = 41, DS = 43, CAA = 257 };
enum role { top, authority, resolver };

static volatile sig_atomic_t moves;

static void move(int signal) {
    (void)signal;
    moves++;
}

struct reply {
    uint8_t *bytes;
    size_t length;
    uint16_t counts[3];
    int section;
};

static void put(struct reply *reply, const void *bytes, size_t count) {
    if (reply->length + count > size) return;
    memcpy(reply->bytes + reply->length, bytes, count);
    reply->length += count;
}

static void put16(struct reply *reply, unsigned value) {
    uint8_t bytes[2] = {(uint8_t)(value >> 8), (uint8_t)value};
    put(reply, bytes, 2);
}

// A record whose owner stands at an offset of the message already (0: the root).
static void record(struct reply *reply, unsigned owner, unsigned type, uint32_t ttl, const void *data, size_t count) {
    if (owner == 0) put(reply, "", 1);
    else put16(reply, 0xC000 | owner);
    put16(reply, type);
    put16(reply, 1);
    put16(reply, ttl >> 16);
    put16(reply, ttl);
    put16(reply, (unsigned)count);
    put(reply, data, count);
    reply->counts[reply->section]++;
}

// Record data that is a label in front of a name that stands in the message.
static size_t below(uint8_t *data, const char *label, unsigned parent) {
    size_t count = strlen(label);
    data[0] = (uint8_t)count;
    memcpy(data + 1, label, count);
    data[count + 1] = (uint8_t)(0xC0 | parent >> 8);
    data[count + 2] = (uint8_t)parent;
    return count + 3;
}

static void soa(struct reply *reply, unsigned zone) {
    uint8_t data[64] = {0};
    size_t count = zone ? below(data, "ns1", zone) : (data[0] = 0, 1);
    count += zone ? below(data + count, "host", zone) : (data[count] = 0, 1);
    static const uint8_t numbers[20] = {0, 0, 0, 1, 0, 0, 28, 32, 0, 0, 14, 16, 0, 18, 117, 0, 0, 0, 1, 44};
    memcpy(data + count, numbers, sizeof numbers);
    record(reply, zone, SOA, 300, data, count + sizeof numbers);
}

static const char *const hosts[2] = {"ns1", "ns2"};

static void name_servers(struct reply *reply, unsigned zone) {
    uint8_t data[8];
    for (int i = 0; i < 2; i++) record(reply, zone, NS, 3600, data, below(data, hosts[i], zone));
}

// The addresses of a zone's name servers: written out, since their names stand in record data only.
static void glue(struct reply *reply, unsigned zone, const uint8_t first) {
    for (uint8_t i = 0; i < 2; i++) {
        uint8_t owner[8], fixed[14] = {0, A, 0, 1, 0, 0, 14, 16, 0, 4, 127, 0, 0, (uint8_t)(first + i)};
        put(reply, owner, below(owner, hosts[i], zone));
        put(reply, fixed, sizeof fixed);
        reply->counts[reply->section]++;
    }
}

// Turns the query in place into its answer; returns the answer's length, or 0 for what is no query.
static size_t answer(uint8_t *message, size_t length, enum role role) {
    if (length < 17 || length > 512) return 0;
    unsigned starts[128], labels = 0;
    size_t end = 12;
    uint32_t number = 0;
    while (end < length && message[end] != 0 && labels < 127) {
        starts[labels++] = (unsigned)end;
        end += 1 + message[end];
    }
    if (end + 5 > length) return 0;
    unsigned type = (unsigned)message[end + 1] << 8 | message[end + 2];
    end += 5;
    int has_opt = message[11] != 0;
    // The top-level domain, and the domain below it.
    unsigned test = labels >= 1 ? starts[labels - 1] : 0, domain = labels >= 2 ? starts[labels - 2] : 0;
    for (size_t i = domain + 1; domain && i <= domain + message[domain]; i++)
        if (message[i] >= '0' && message[i] <= '9') number = number * 10 + (uint32_t)(message[i] - '0');

    struct reply reply = {message, end, {0, 0, 0}, 0};
    int authoritative = role != resolver, is_missing = 0;
    uint8_t data[64];
    if (role == top && labels == 2 && message[domain] == 3 && memcmp(message + domain + 1, "ns", 2) == 0) {
        static const uint8_t address[4] = {127, 0, 0, 1};
        if (type == A) record(&reply, 12, A, 3600, address, 4);
        else reply.section = 1, soa(&reply, test);
    } else if (role == top && domain && !(labels == 2 && type == DS)) {
        authoritative = 0;
        reply.section = 1;
        name_servers(&reply, domain);
        reply.section = 2;
        glue(&reply, domain, 2);
    } else if (labels < 2 || type == DS) {
        unsigned zone = labels == 0 ? 0 : test;
        if (type == SOA && labels < 2) soa(&reply, zone);
        else if (type == NS && labels == 1) name_servers(&reply, zone);
        else if (type == NS && labels == 0) record(&reply, 0, NS, 3600, "\1a\14root-servers\3net", 20);
        else reply.section = 1, soa(&reply, zone);
    } else if (labels == 3 && message[starts[0]] == 3 && memcmp(message + starts[0] + 1, "ns", 2) == 0) {
        uint8_t address[4] = {127, 0, 0, (uint8_t)(2 + (message[starts[0] + 3] == '2'))};
        if (type == A) record(&reply, 12, A, 3600, address, 4);
        else reply.section = 1, soa(&reply, domain);
    } else if (labels > 2 && message[starts[labels - 3] + 1] == '_') {
        is_missing = 1;
        reply.section = 1;
        soa(&reply, domain);
    } else {
        uint8_t address[4] = {192, (uint8_t)moves, (uint8_t)(number >> 8), (uint8_t)number};
        uint8_t address6[16] = {32, 1, 13, 184, [12] = (uint8_t)(number >> 24), (uint8_t)(number >> 16), (uint8_t)(number >> 8), (uint8_t)number};
        switch (type) {
        case A: record(&reply, 12, A, 300, address, 4); break;
        case AAAA: record(&reply, 12, AAAA, 300, address6, 16); break;
        case SOA: if (labels == 2) { soa(&reply, domain); break; } goto none;
        case NS: if (labels == 2) { name_servers(&reply, domain); break; } goto none;
        case MX: data[0] = 0, data[1] = 10; record(&reply, 12, MX, 300, data, 2 + below(data + 2, "mail", domain)); break;
        case TXT: record(&reply, 12, TXT, 300, "\x0bv=spf1 -all", 12); break;
        case CAA: record(&reply, 12, CAA, 300, "\0\5issueca.example", 17); break;
        none:
        default: reply.section = 1; soa(&reply, domain);
        }
    }
    if (has_opt) {
        static const uint8_t opt[11] = {0, 0, OPT, 4, 208, 0, 0, 0, 0, 0, 0};
        put(&reply, opt, sizeof opt);
        reply.counts[2]++;
    }
    message[2] = (uint8_t)((message[2] & 1) | 0x80 | (authoritative ? 4 : 0));
    message[3] = (uint8_t)((role == resolver ? 0x80 : 0) | (is_missing ? 3 : 0));
    for (int i = 0; i < 3; i++) message[6 + 2 * i] = 0, message[7 + 2 * i] = (uint8_t)reply.counts[i];
    return reply.length;
}

// Returns how many queries there were.
static int serve(int descriptor, enum role role) {
    static uint8_t bytes[batch][size];
    static struct sockaddr_in peers[batch];
    static struct iovec pieces[batch];
    static struct mmsghdr messages[batch];
    for (int i = 0; i < batch; i++) {
        pieces[i] = (struct iovec){bytes[i], size};
        messages[i].msg_hdr = (struct msghdr){&peers[i], sizeof peers[i], &pieces[i], 1, NULL, 0, 0};
    }
    int received = recvmmsg(descriptor, messages, batch, MSG_DONTWAIT, NULL), ready = 0;
    for (int i = 0; i < received; i++) {
        size_t length = answer(bytes[i], messages[i].msg_len, role);
        if (length == 0) continue;
        pieces[i].iov_len = length;
        messages[ready++] = messages[i];
    }
    for (int sent = 0, n; sent < ready; sent += n)
        if ((n = sendmmsg(descriptor, messages + sent, (unsigned)(ready - sent), 0)) <= 0) break;
    return received > 0 ? received : 0;
}

// Writes what was asked in the second that has ended, a line for each second.
static void tell(FILE *file, unsigned counts[sockets]) {
    static time_t second;
    time_t now = time(NULL);
    if (second == 0) second = now;
    for (; second < now; second++) {
        fprintf(file, "%ld", (long)second);
        for (int i = 0; i < sockets; i++) fprintf(file, " %u", counts[i]), counts[i] = 0;
        fprintf(file, "\n");
    }
    fflush(file);
}

int main(int count, char **arguments) {
    uint16_t port = (uint16_t)(count > 1 ? atoi(arguments[1]) : 53);
    FILE *file = count > 2 ? fopen(arguments[2], "w") : NULL;
    unsigned counts[sockets] = {0};
    signal(SIGUSR1, move);
    static const uint8_t last[sockets] = {1, 2, 3, 53, 54, 55};
    struct pollfd ready[sockets];
    for (int i = 0; i < sockets; i++) {
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
        address.sin_addr.s_addr = htonl(0x7F000000u | last[i]);
        int buffer = 8 << 20;
        ready[i] = (struct pollfd){socket(AF_INET, SOCK_DGRAM, 0), POLLIN, 0};
        setsockopt(ready[i].fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
        setsockopt(ready[i].fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
        if (bind(ready[i].fd, (struct sockaddr *)&address, sizeof address) != 0) return perror("bind"), 1;
    }
    for (;;) {
        if (poll(ready, sockets, file ? 200 : -1) < 0) continue;
        for (int i = 0; i < sockets; i++)
            if (ready[i].revents) counts[i] += (unsigned)serve(ready[i].fd, i == 0 ? top : i < 3 ? authority : resolver);
        if (file) tell(file, counts);
    }
}
