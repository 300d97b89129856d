#define _GNU_SOURCE
#include "datagram_batch.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

struct datagram_inbox {
    size_t size;
    size_t stride;
    uint8_t *bytes;
    struct iovec pieces[DATAGRAM_BATCH_LIMIT];
    struct mmsghdr messages[DATAGRAM_BATCH_LIMIT];
};

int datagram_open(const uint8_t *address, bool ipv6, uint16_t port, uint16_t local_port) {
    struct sockaddr_in6 peer6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    struct sockaddr_in6 local6 = {.sin6_family = AF_INET6, .sin6_port = htons(local_port)};
    struct sockaddr_in peer4 = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in local4 = {.sin_family = AF_INET, .sin_port = htons(local_port)};
    memcpy(ipv6 ? (void *)&peer6.sin6_addr : (void *)&peer4.sin_addr, address, ipv6 ? 16 : 4);
    const struct sockaddr *peer = ipv6 ? (const struct sockaddr *)&peer6 : (const struct sockaddr *)&peer4;
    const struct sockaddr *local = ipv6 ? (const struct sockaddr *)&local6 : (const struct sockaddr *)&local4;
    socklen_t length = ipv6 ? sizeof peer6 : sizeof peer4;

    int descriptor = socket(peer->sa_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -errno;
    // Asked for, not insisted on: the kernel caps it, and a small buffer only means more retries under load.
    int buffer = 4 << 20;
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
    if ((local_port != 0 && bind(descriptor, local, length) < 0) || connect(descriptor, peer, length) < 0) {
        int error = errno;
        close(descriptor);
        return -error;
    }
    return descriptor;
}

/// Sends each datagram as a message of its own.
static int send_single(int descriptor, struct iovec *pieces, unsigned count) {
    struct mmsghdr messages[DATAGRAM_BATCH_LIMIT];
    memset(messages, 0, count * sizeof messages[0]);
    for (unsigned i = 0; i < count; i++) {
        messages[i].msg_hdr.msg_iov = &pieces[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    int sent = sendmmsg(descriptor, messages, count, 0);
    return sent < 0 ? -errno : sent;
}

/// Sends each run of datagrams of one length as one message, which the kernel cuts apart again.
static int send_segmented(int descriptor, struct iovec *pieces, unsigned count) {
    struct mmsghdr messages[DATAGRAM_BATCH_LIMIT];
    union {
        struct cmsghdr header;
        uint8_t bytes[CMSG_SPACE(sizeof(uint16_t))];
    } control[DATAGRAM_BATCH_LIMIT];
    unsigned runs = 0;
    for (unsigned start = 0; start < count; runs++) {
        unsigned end = start + 1;
        while (end < count && pieces[end].iov_len == pieces[start].iov_len) end++;
        struct msghdr *message = &messages[runs].msg_hdr;
        memset(message, 0, sizeof *message);
        message->msg_iov = &pieces[start];
        message->msg_iovlen = end - start;
        if (end - start > 1) {
            uint16_t segment = (uint16_t)pieces[start].iov_len;
            control[runs].header.cmsg_level = SOL_UDP;
            control[runs].header.cmsg_type = UDP_SEGMENT;
            control[runs].header.cmsg_len = CMSG_LEN(sizeof segment);
            memcpy(CMSG_DATA(&control[runs].header), &segment, sizeof segment);
            message->msg_control = &control[runs];
            message->msg_controllen = sizeof control[runs];
        }
        start = end;
    }
    int taken = sendmmsg(descriptor, messages, runs, 0);
    if (taken < 0) return -errno;
    unsigned sent = 0;
    for (int i = 0; i < taken; i++) sent += (unsigned)messages[i].msg_hdr.msg_iovlen;
    return (int)sent;
}

int datagram_send(int descriptor, struct iovec *pieces, unsigned count, bool segmented) {
    if (count > DATAGRAM_BATCH_LIMIT) count = DATAGRAM_BATCH_LIMIT;
    return segmented && count > 1 ? send_segmented(descriptor, pieces, count) : send_single(descriptor, pieces, count);
}

datagram_inbox *datagram_inbox_create(size_t size) {
    datagram_inbox *inbox = calloc(1, sizeof *inbox);
    if (!inbox) return NULL;
    inbox->size = size;
    // A few cache lines more than the size, so that the first bytes of all buffers do not share one cache set.
    inbox->stride = size + 192;
    inbox->bytes = malloc(inbox->stride * DATAGRAM_BATCH_LIMIT);
    if (!inbox->bytes) {
        free(inbox);
        return NULL;
    }
    for (unsigned i = 0; i < DATAGRAM_BATCH_LIMIT; i++) {
        inbox->pieces[i].iov_base = inbox->bytes + i * inbox->stride;
        inbox->pieces[i].iov_len = size;
        inbox->messages[i].msg_hdr.msg_iov = &inbox->pieces[i];
        inbox->messages[i].msg_hdr.msg_iovlen = 1;
    }
    return inbox;
}

void datagram_inbox_destroy(datagram_inbox *inbox) {
    if (!inbox) return;
    free(inbox->bytes);
    free(inbox);
}

int datagram_receive(int descriptor, datagram_inbox *inbox) {
    int count = recvmmsg(descriptor, inbox->messages, DATAGRAM_BATCH_LIMIT, MSG_DONTWAIT, NULL);
    return count < 0 ? -errno : count;
}

const uint8_t *datagram_bytes(const datagram_inbox *inbox, unsigned index) {
    return inbox->pieces[index].iov_base;
}

size_t datagram_length(const datagram_inbox *inbox, unsigned index) {
    return inbox->messages[index].msg_len;
}

bool datagram_random(void *bytes, size_t count) {
    return getrandom(bytes, count, 0) == (ssize_t)count;
}
