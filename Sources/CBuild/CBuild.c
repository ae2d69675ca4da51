#include "CBuild.h"

#ifndef TRAWL_COMMIT
#define TRAWL_COMMIT ""
#endif

const char *_Nonnull trawl_commit(void) { return TRAWL_COMMIT; }
