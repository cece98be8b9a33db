// libsystemd: notification of the service manager and the journal's native protocol.
// Code locations are passed as fields of our own: without this macro sd_journal_sendv becomes a variadic macro.
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
#include <systemd/sd-id128.h>
