#include "regular_expression.h"

#include <re2/re2.h>

#include <cstdio>
#include <new>

struct lapwing_regular_expression {
    re2::RE2 pattern;

    lapwing_regular_expression(const re2::StringPiece &text, const re2::RE2::Options &options)
        : pattern(text, options) {}
};

extern "C" lapwing_regular_expression *lapwing_regular_expression_create(
    const char *pattern, size_t length, char *reason, size_t reason_size) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(32 << 20);
    auto *expression =
        new (std::nothrow) lapwing_regular_expression(re2::StringPiece(pattern, length), options);
    if (expression != nullptr && expression->pattern.ok()) return expression;
    if (reason_size > 0) {
        std::snprintf(
            reason, reason_size, "%s",
            expression == nullptr ? "out of memory" : expression->pattern.error().c_str());
    }
    delete expression;
    return nullptr;
}

extern "C" bool lapwing_regular_expression_matches(
    const lapwing_regular_expression *expression, const char *text, size_t length) {
    return re2::RE2::PartialMatch(re2::StringPiece(text, length), expression->pattern);
}

extern "C" void lapwing_regular_expression_destroy(lapwing_regular_expression *expression) {
    delete expression;
}
