// libexpat with the declarations that its header shows only to those who say how the library was built: Debian's has
// DTDs and general entities, and with them the limits on their expansion (2.4 and later).
#define XML_DTD 1
#define XML_GE 1
#include <expat.h>
