// libyaml: the events of a YAML document, each with its line and column.
#include <yaml.h>
