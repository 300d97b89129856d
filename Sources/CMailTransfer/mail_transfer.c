#include "mail_transfer.h"

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/// libcurl, loaded with the first mail: it brings some thirty libraries along, which those who send none need not load.
static struct {
    bool is_loaded;
    __typeof__(curl_easy_init) *init;
    __typeof__(curl_easy_setopt) *setopt;
    __typeof__(curl_easy_perform) *perform;
    __typeof__(curl_easy_getinfo) *getinfo;
    __typeof__(curl_easy_strerror) *text_of_error;
    __typeof__(curl_easy_cleanup) *cleanup;
    __typeof__(curl_slist_append) *append;
    __typeof__(curl_slist_free_all) *free_all;
} curl_library;

static void load_library(void) {
    void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) library = dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return;
    curl_library.init = dlsym(library, "curl_easy_init");
    curl_library.setopt = dlsym(library, "curl_easy_setopt");
    curl_library.perform = dlsym(library, "curl_easy_perform");
    curl_library.getinfo = dlsym(library, "curl_easy_getinfo");
    curl_library.text_of_error = dlsym(library, "curl_easy_strerror");
    curl_library.cleanup = dlsym(library, "curl_easy_cleanup");
    curl_library.append = dlsym(library, "curl_slist_append");
    curl_library.free_all = dlsym(library, "curl_slist_free_all");
    curl_library.is_loaded = curl_library.init && curl_library.setopt && curl_library.perform &&
                             curl_library.getinfo && curl_library.text_of_error && curl_library.cleanup &&
                             curl_library.append && curl_library.free_all;
}

/// CURLOPT_MAIL_RCPT_ALLOWFAILS, whose name is spelt in one way before libcurl 8.2 and in another since.
static const CURLoption MAIL_RCPT_ALLOW_FAILS = (CURLoption)(CURLOPTTYPE_LONG + 290);

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

/// Which replies of the relay are those to recipients.
struct listener {
    struct mail_reply *replies;
    size_t count;
    // Recipients named so far; the reply to the last one is awaited.
    size_t named;
    bool is_awaited;
    // The code of the last reply that came after those to recipients; 0 for none.
    int final_code;
};

/// The three digits that a reply begins with; 0 where it does not.
static int code_of(const char *line, size_t size) {
    if (size < 3 || line[0] < '2' || line[0] > '5') return 0;
    for (size_t index = 1; index < 3; index++) {
        if (line[index] < '0' || line[index] > '9') return 0;
    }
    return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

static void hear(struct listener *listener, const char *line, size_t size) {
    struct mail_reply *reply = &listener->replies[listener->named - 1];
    int code = code_of(line, size);
    if (code == 0) return;
    const char *text = line + (size > 3 ? 4 : 3);
    size_t length = size > 4 ? size - 4 : 0;
    while (length > 0 && (text[length - 1] == '\r' || text[length - 1] == '\n')) length--;
    size_t used = strlen(reply->text);
    if (used > 0 && used + 1 < sizeof reply->text) reply->text[used++] = ' ';
    size_t room = sizeof reply->text - 1 - used;
    if (length > room) length = room;
    memcpy(reply->text + used, text, length);
    reply->text[used + length] = '\0';
    // The last line of a reply has no hyphen behind its code (RFC 5321 section 4.2.1).
    if (size > 3 && line[3] == '-') return;
    reply->code = code;
    listener->is_awaited = false;
}

/// libcurl tells what it says and hears, line by line, and nothing of single recipients elsewhere.
static int listen_in(CURL *handle, curl_infotype kind, char *data, size_t size, void *context) {
    (void)handle;
    static const char command[] = "RCPT TO:";
    struct listener *listener = context;
    if (kind == CURLINFO_HEADER_OUT) {
        bool names = size >= sizeof command - 1 && memcmp(data, command, sizeof command - 1) == 0;
        listener->is_awaited = names && listener->named < listener->count;
        if (listener->is_awaited) listener->named++;
    } else if (kind == CURLINFO_HEADER_IN && listener->is_awaited) {
        hear(listener, data, size);
    } else if (kind == CURLINFO_HEADER_IN && listener->named > 0) {
        listener->final_code = code_of(data, size);
    }
    return 0;
}

int mail_transfer_send(const char *url, const char *from, const char *const *to, size_t to_count, const char *user,
                       const char *password, const char *message, size_t length, long timeout_seconds,
                       struct mail_reply *replies, long *response, char *error, size_t error_size) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load_library);
    *response = 0;
    memset(replies, 0, to_count * sizeof *replies);
    if (!curl_library.is_loaded) {
        snprintf(error, error_size, "libcurl.so.4, which sends mail, cannot be loaded");
        return CURLE_FAILED_INIT;
    }
    char detail[CURL_ERROR_SIZE] = "";
    struct source source = {message, length};
    struct curl_slist *recipients = NULL;
    CURL *curl = curl_library.init();
    if (curl == NULL) return CURLE_FAILED_INIT;
    for (size_t index = 0; index < to_count; index++) {
        struct curl_slist *longer = curl_library.append(recipients, to[index]);
        if (longer == NULL) {
            curl_library.free_all(recipients);
            curl_library.cleanup(curl);
            return CURLE_OUT_OF_MEMORY;
        }
        recipients = longer;
    }
    curl_library.setopt(curl, CURLOPT_URL, url);
    curl_library.setopt(curl, CURLOPT_MAIL_FROM, from);
    curl_library.setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_library.setopt(curl, MAIL_RCPT_ALLOW_FAILS, 1L);
    struct listener listener = {replies, to_count, 0, false, 0};
    curl_library.setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_library.setopt(curl, CURLOPT_DEBUGFUNCTION, listen_in);
    curl_library.setopt(curl, CURLOPT_DEBUGDATA, &listener);
    // Who has credentials, in the address (`smtp://user:password@relay`) or beside it, never tells them in clear.
    bool has_credentials = user != NULL || password != NULL || strchr(url, '@') != NULL;
    curl_library.setopt(curl, CURLOPT_USE_SSL, has_credentials ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_TRY);
    if (user != NULL) curl_library.setopt(curl, CURLOPT_USERNAME, user);
    if (password != NULL) curl_library.setopt(curl, CURLOPT_PASSWORD, password);
    curl_library.setopt(curl, CURLOPT_READFUNCTION, read_message);
    curl_library.setopt(curl, CURLOPT_READDATA, &source);
    curl_library.setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_library.setopt(curl, CURLOPT_TIMEOUT, timeout_seconds);
    curl_library.setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_library.setopt(curl, CURLOPT_ERRORBUFFER, detail);
    CURLcode code = curl_library.perform(curl);
    curl_library.getinfo(curl, CURLINFO_RESPONSE_CODE, response);
    // What was said to recipients is said of them; of the message only what came after that.
    for (size_t index = 0; index < to_count; index++) {
        if (code != CURLE_OK && replies[index].code / 100 == 2) *response = listener.final_code;
    }
    if (code != CURLE_OK && error_size > 0) {
        const char *text = detail[0] != '\0' ? detail : curl_library.text_of_error(code);
        strncpy(error, text, error_size - 1);
        error[error_size - 1] = '\0';
    }
    curl_library.free_all(recipients);
    curl_library.cleanup(curl);
    return code;
}
