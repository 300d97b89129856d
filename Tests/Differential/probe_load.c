/* Two small programs for probe_cost.py, in C so that they cost little beside what they measure.
 *
 * probe_load serve PORT                      answers every DNS question with one A record over UDP
 * probe_load drive PORT PATH CLIENTS COUNT   asks PATH over kept HTTP connections, one request at a time on each,
 *                                            and prints seconds, the median and the 99th percentile in microseconds,
 *                                            and how many answers had "probe_success 1"
 */
#include <arpa/inet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { most_clients = 256, largest_answer = 16384 };

struct client {
    int socket;
    double began;
    size_t length;
    char answer[largest_answer];
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static struct sockaddr_in place(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static int serve(int port) {
    int server = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in address = place(port);
    if (bind(server, (struct sockaddr *)&address, sizeof address)) return 1;
    static const unsigned char record[] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 1, 0x2c, 0, 4, 192, 0, 2, 1};
    unsigned char message[1500];
    while (1) {
        struct sockaddr_in asker;
        socklen_t size = sizeof asker;
        ssize_t length = recvfrom(server, message, 512, 0, (struct sockaddr *)&asker, &size);
        if (length < 17) continue;
        message[2] = 0x81, message[3] = 0x80, message[7] = 1;
        memset(message + 8, 0, 4);
        memcpy(message + length, record, sizeof record);
        sendto(server, message, length + sizeof record, 0, (struct sockaddr *)&asker, size);
    }
}

static int ascending(const void *one, const void *other) {
    double difference = *(const double *)one - *(const double *)other;
    return difference < 0 ? -1 : difference > 0;
}

/* Whether the answer is whole. */
static int is_whole(struct client *client) {
    client->answer[client->length] = 0;
    char *end = strstr(client->answer, "\r\n\r\n");
    if (!end) return 0;
    char *size = strcasestr(client->answer, "content-length:");
    return size && size < end && client->length >= (size_t)(end + 4 - client->answer) + strtoul(size + 15, NULL, 10);
}

static int drive(int port, const char *path, int clients, int count) {
    static struct client all[most_clients];
    char request[2048];
    int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path);
    double *times = malloc(sizeof(double) * count);
    int chooser = epoll_create1(0), sent = 0, done = 0, good = 0;
    struct sockaddr_in address = place(port);
    double start = now();
    for (int index = 0; index < clients; index++) {
        struct client *client = &all[index];
        client->socket = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(client->socket, (struct sockaddr *)&address, sizeof address)) return 1;
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
        epoll_ctl(chooser, EPOLL_CTL_ADD, client->socket, &event);
        client->began = now();
        if (sent++ < count && write(client->socket, request, length) != length) return 1;
    }
    while (done < count) {
        struct epoll_event events[64];
        int ready = epoll_wait(chooser, events, 64, 10000);
        if (ready <= 0) return 1;
        for (int index = 0; index < ready; index++) {
            struct client *client = events[index].data.ptr;
            ssize_t read_now = read(client->socket, client->answer + client->length, largest_answer - 1 - client->length);
            if (read_now <= 0) return 1;
            client->length += read_now;
            if (!is_whole(client)) continue;
            times[done++] = now() - client->began;
            good += strstr(client->answer, "\nprobe_success 1\n") != NULL;
            client->length = 0;
            if (sent < count) {
                sent++;
                client->began = now();
                if (write(client->socket, request, length) != length) return 1;
            }
        }
    }
    double seconds = (now() - start) / 1e6;
    qsort(times, count, sizeof(double), ascending);
    printf("%f %f %f %d\n", seconds, times[count / 2], times[count * 99 / 100], good);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 3 && !strcmp(argv[1], "serve")) return serve(atoi(argv[2]));
    if (argc == 6 && !strcmp(argv[1], "drive") && atoi(argv[4]) <= most_clients)
        return drive(atoi(argv[2]), argv[3], atoi(argv[4]), atoi(argv[5]));
    return 64;
}
