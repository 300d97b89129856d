#include "regular_expression.h"
