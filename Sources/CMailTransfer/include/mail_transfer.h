#ifndef MAIL_TRANSFER_H
#define MAIL_TRANSFER_H

#include <stdbool.h>
#include <stddef.h>

// Hands one message to a mail relay over SMTP and waits for its answer.
//
// url is smtp:// or smtps://; user and password may be NULL. TLS is used whenever the relay offers it, and demanded
// where there are credentials, in the address as well (smtp://user:password@relay). is_partial: recipients that the relay
// refuses are left out as long as it takes one; otherwise it has to take all. Returns 0 when the relay took the message,
// otherwise a libcurl code; *response is then the relay's last SMTP reply code, or 0, and error (of error_size bytes) says
// what happened.
int mail_transfer_send(const char *url, const char *from, const char *const *to, size_t to_count, const char *user,
                       const char *password, const char *message, size_t length, long timeout_seconds, bool is_partial,
                       long *response, char *error, size_t error_size);

#endif
