/// Batches of UDP datagrams: one system call carries up to 64 of them in each direction.
///
/// The kernel interfaces behind this (sendmmsg, recvmmsg, UDP_SEGMENT) need structures that hold pointers into
/// each other; they are laid out here once, so that the Swift side handles indices and lengths only.
#ifndef DATAGRAM_BATCH_H
#define DATAGRAM_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
// Not part of the Swift overlay of the C library, and needed beside the batches.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/uio.h>

/// The most datagrams that one call sends or receives.
#define DATAGRAM_BATCH_LIMIT 64

/// Opens a non-blocking UDP socket that is connected to one server, so that the kernel drops datagrams of all others.
///
/// `address` holds 16 bytes for IPv6 and 4 for IPv4. `local_port` 0 leaves the choice to the kernel.
/// Returns the descriptor, or the negative error number.
int datagram_open(const uint8_t *address, bool ipv6, uint16_t port, uint16_t local_port);

/// Sends datagrams in order over a connected socket; at most DATAGRAM_BATCH_LIMIT of them are looked at.
///
/// With `segmented`, neighbours of one length travel as one UDP_SEGMENT message through the network stack.
/// Returns how many datagrams the kernel took (fewer than `count` when its buffer is full), or the negative error
/// number when it took none.
int datagram_send(int descriptor, struct iovec *pieces, unsigned count, bool segmented);

/// The buffers that received datagrams land in, laid out once and used again for every call.
typedef struct datagram_inbox datagram_inbox;

/// Lays out buffers for DATAGRAM_BATCH_LIMIT datagrams of up to `size` bytes; NULL when there is no memory.
datagram_inbox *datagram_inbox_create(size_t size);
void datagram_inbox_destroy(datagram_inbox *inbox);

/// Takes what has arrived. Returns the number of datagrams, or the negative error number (-EAGAIN: nothing there).
int datagram_receive(int descriptor, datagram_inbox *inbox);

/// The bytes of one received datagram, valid until the next call of datagram_receive.
const uint8_t *datagram_bytes(const datagram_inbox *inbox, unsigned index);

/// The number of those bytes; a longer datagram was cut to the buffer's size.
size_t datagram_length(const datagram_inbox *inbox, unsigned index);

/// Fills memory with unpredictable bytes, at most 256; false when the system has none.
bool datagram_random(void *bytes, size_t count);

#endif
