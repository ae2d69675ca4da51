#ifndef TRAWL_BUILD_H
#define TRAWL_BUILD_H

/// The commit that this was built from; empty where it was not known.
const char *_Nonnull trawl_commit(void);

#endif
