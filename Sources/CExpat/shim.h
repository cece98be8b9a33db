// libexpat, compiled with the system's own settings (XML_DTD, amplification limits since 2.4).
#include <expat.h>
