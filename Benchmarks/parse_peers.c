/* Times how long libknot and ldns take to parse messages, in nanoseconds of processor time for each.
   Reads messages in hexadecimal, one a line; the argument says how many passes. */
#include <ldns/ldns.h>
#include <libknot/libknot.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MESSAGES 64
#define BYTES 4096

static unsigned char messages[MESSAGES][BYTES];
static size_t lengths[MESSAGES];

static double nanoseconds(clock_t ticks, long count)
{
    return ticks * 1e9 / CLOCKS_PER_SEC / count;
}

int main(int count, char **arguments)
{
    long passes = count > 1 ? atol(arguments[1]) : 1000;
    char line[2 * BYTES + 2];
    int number = 0;
    while (number < MESSAGES && fgets(line, sizeof line, stdin)) {
        lengths[number] = strcspn(line, "\n") / 2;
        for (size_t i = 0; i < lengths[number]; i++) sscanf(line + 2 * i, "%2hhx", &messages[number][i]);
        number++;
    }
    if (number == 0) return 64;

    long parsed = 0;
    clock_t start = clock();
    for (long pass = 0; pass < passes; pass++)
        for (int i = 0; i < number; i++) {
            knot_pkt_t *packet = knot_pkt_new(messages[i], lengths[i], NULL);
            parsed += knot_pkt_parse(packet, 0) == KNOT_EOK;
            knot_pkt_free(packet);
        }
    clock_t middle = clock();
    for (long pass = 0; pass < passes; pass++)
        for (int i = 0; i < number; i++) {
            ldns_pkt *packet = NULL;
            if (ldns_wire2pkt(&packet, messages[i], lengths[i]) == LDNS_STATUS_OK) {
                parsed++;
                ldns_pkt_free(packet);
            }
        }
    clock_t end = clock();
    if (parsed != 2 * passes * number) return 1;
    printf("libknot %.0f ns, ldns %.0f ns\n", nanoseconds(middle - start, passes * number),
           nanoseconds(end - middle, passes * number));
    return 0;
}
