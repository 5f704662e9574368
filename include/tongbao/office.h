/* office.h - whether a name that stands in a record is that of an office. */
#ifndef TONGBAO_OFFICE_H
#define TONGBAO_OFFICE_H

#include <stdbool.h>
#include <stdint.h>

struct tb_profile;

/* True when `who` is the code or a name of the department (row), or begins with a
 * name: 区统计局审核岗 is a desk of 区统计局.  Compared folded.  False also when
 * memory is out. */
bool tb_office_is(const struct tb_profile *profile, int32_t department, const char *who);
/* The same for an office as profile.ini names it: code or name of a department, else
 * a text that `who` begins with. */
bool tb_office_named(const struct tb_profile *profile, const char *office, const char *who);

#endif
