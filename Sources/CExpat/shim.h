// libexpat with the declarations that its header shows only to those who say how the library was built: Debian's has
// DTDs and general entities, and with them the limits on their expansion (2.4 and later).
#define XML_DTD 1
#define XML_GE 1
#include <expat.h>

// Functions that newer versions deprecate (2.8 and later) for others that Debian 12 (2.5) lacks. Sizes are no matter of
// theirs here: inputs are smaller than 2 GiB.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

static inline int telex_xml_set_hash_salt(XML_Parser parser, unsigned long salt) { return XML_SetHashSalt(parser, salt); }
static inline unsigned long telex_xml_line(XML_Parser parser) { return XML_GetCurrentLineNumber(parser); }
static inline unsigned long telex_xml_column(XML_Parser parser) { return XML_GetCurrentColumnNumber(parser); }
static inline long telex_xml_byte_index(XML_Parser parser) { return XML_GetCurrentByteIndex(parser); }
static inline int telex_xml_byte_count(XML_Parser parser) { return XML_GetCurrentByteCount(parser); }

#pragma GCC diagnostic pop
