// The least that a client can do: send queries in batches, receive in batches, count; nothing is parsed, compared,
// retried or randomised. What another client costs beyond this is its own. Usage: floor NAMES PORT COUNT WINDOW
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

enum { batch = 64, most_names = 100000, name_size = 64 };
static uint8_t names[most_names][name_size];
static size_t lengths[most_names];

static int read_names(const char *path) {
    FILE *file = fopen(path, "r");
    char line[name_size - 2];
    int count = 0;
    while (file && count < most_names && fgets(line, sizeof line, file)) {
        size_t at = 0;
        for (char *label = strtok(line, ".\n"); label; label = strtok(NULL, ".\n")) {
            names[count][at++] = (uint8_t)strlen(label);
            memcpy(names[count] + at, label, strlen(label));
            at += strlen(label);
        }
        lengths[count++] = at + 1;
    }
    return count;
}

static size_t write_query(uint8_t *out, uint16_t id, int name) {
    const uint8_t header[12] = {(uint8_t)(id >> 8), (uint8_t)id, 1, 0, 0, 1};
    const uint8_t tail[4] = {0, 1, 0, 1};
    memcpy(out, header, 12);
    memcpy(out + 12, names[name], lengths[name]);
    memcpy(out + 12 + lengths[name], tail, 4);
    return 16 + lengths[name];
}

int main(int count, char **arguments) {
    if (count != 5) return fprintf(stderr, "usage: floor NAMES PORT COUNT WINDOW\n"), 64;
    int known = read_names(arguments[1]), total = atoi(arguments[3]), window = atoi(arguments[4]);
    if (known == 0) return fprintf(stderr, "no names\n"), 1;
    int descriptor = socket(AF_INET, SOCK_DGRAM, 0), buffer = 4 << 20;
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[2]))};
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
    if (connect(descriptor, (struct sockaddr *)&server, sizeof server) != 0) return perror("connect"), 1;

    static uint8_t out[batch][128], in[batch][1500];
    static struct iovec out_pieces[batch], in_pieces[batch];
    static struct mmsghdr sending[batch], receiving[batch];
    for (int i = 0; i < batch; i++) {
        out_pieces[i].iov_base = out[i];
        in_pieces[i] = (struct iovec){in[i], sizeof in[i]};
        sending[i].msg_hdr = (struct msghdr){NULL, 0, &out_pieces[i], 1, NULL, 0, 0};
        receiving[i].msg_hdr = (struct msghdr){NULL, 0, &in_pieces[i], 1, NULL, 0, 0};
    }
    int put = 0, answered = 0, lost = 0;
    while (put < total || put > answered + lost) {
        int flying = put - answered - lost;
        int room = window - flying < total - put ? window - flying : total - put;
        while (room > 0 && (room >= batch / 2 || flying == 0 || room == total - put)) {
            int n = room < batch ? room : batch;
            for (int i = 0; i < n; i++)
                out_pieces[i].iov_len = write_query(out[i], (uint16_t)(put + i), (put + i) % known);
            for (int sent = 0, m; sent < n; sent += m)
                if ((m = sendmmsg(descriptor, sending + sent, (unsigned)(n - sent), 0)) <= 0) return perror("send"), 1;
            put += n;
            room -= n;
            flying += n;
        }
        int received = recvmmsg(descriptor, receiving, batch, MSG_DONTWAIT, NULL);
        if (received > 0) {
            answered += received;
        } else {
            struct pollfd readiness = {descriptor, POLLIN, 0};
            // Silence for a second: what is missing is lost.
            if (poll(&readiness, 1, 1000) == 0) lost = put - answered;
        }
    }
    printf("answered=%d lost=%d\n", answered, lost);
    return 0;
}
