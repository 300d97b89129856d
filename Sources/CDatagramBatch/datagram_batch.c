#include "datagram_batch.h"
