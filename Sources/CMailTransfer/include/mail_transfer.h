#ifndef MAIL_TRANSFER_H
#define MAIL_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>

// What the relay said to one recipient: the reply code, 0 where it said nothing, and the reply's text, cut to its place.
struct mail_reply {
    int code;
    char text[200];
};

// Hands one message to a mail relay over SMTP and waits for its answer.
//
// url is smtp:// or smtps://; user and password may be NULL. TLS is used whenever the relay offers it, and demanded
// where there are credentials, in the address as well (smtp://user:password@relay). Recipients that the relay does not take
// are left out as long as it takes one; replies, one for each recipient, says which. Returns 0 when the relay took the
// message, otherwise a libcurl code; *response is then the relay's last SMTP reply code, not one to a recipient where it took
// any of them, or 0, and error (of error_size bytes) says what happened.
int mail_transfer_send(const char *url, const char *from, const char *const *to, size_t to_count, const char *user,
                       const char *password, const char *message, size_t length, long timeout_seconds,
                       struct mail_reply *replies, long *response, char *error, size_t error_size);

#endif
