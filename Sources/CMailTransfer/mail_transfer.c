#include "mail_transfer.h"

#include <curl/curl.h>
#include <string.h>

struct source {
    const char *bytes;
    size_t left;
};

static size_t read_message(char *buffer, size_t size, size_t count, void *context) {
    struct source *source = context;
    size_t wanted = size * count;
    size_t taken = wanted < source->left ? wanted : source->left;
    memcpy(buffer, source->bytes, taken);
    source->bytes += taken;
    source->left -= taken;
    return taken;
}

int mail_transfer_send(const char *url, const char *from, const char *const *to, size_t to_count, const char *user,
                       const char *password, const char *message, size_t length, long timeout_seconds, long *response,
                       char *error, size_t error_size) {
    char detail[CURL_ERROR_SIZE] = "";
    struct source source = {message, length};
    struct curl_slist *recipients = NULL;
    CURL *curl = curl_easy_init();
    *response = 0;
    if (curl == NULL) return CURLE_FAILED_INIT;
    for (size_t index = 0; index < to_count; index++) {
        struct curl_slist *longer = curl_slist_append(recipients, to[index]);
        if (longer == NULL) {
            curl_slist_free_all(recipients);
            curl_easy_cleanup(curl);
            return CURLE_OUT_OF_MEMORY;
        }
        recipients = longer;
    }
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_USE_SSL, password != NULL ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_TRY);
    if (user != NULL) curl_easy_setopt(curl, CURLOPT_USERNAME, user);
    if (password != NULL) curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_message);
    curl_easy_setopt(curl, CURLOPT_READDATA, &source);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, timeout_seconds);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, response);
    if (code != CURLE_OK && error_size > 0) {
        const char *text = detail[0] != '\0' ? detail : curl_easy_strerror(code);
        strncpy(error, text, error_size - 1);
        error[error_size - 1] = '\0';
    }
    curl_slist_free_all(recipients);
    curl_easy_cleanup(curl);
    return code;
}
