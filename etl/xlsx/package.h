/* package.h - the zip that a workbook is, and its parts, with limits.
 *
 * Whatever the file says of itself, no more is unpacked than the limits allow:
 * hostile files unpack a thousandfold.
 */
#ifndef TONGBAO_XLSX_PACKAGE_H
#define TONGBAO_XLSX_PACKAGE_H

#include <stddef.h>

struct tb_error;
struct tb_xlsx_package; /* opaque */

enum {
    TB_XLSX_MAX_PARTS = 10000,
    TB_XLSX_MAX_PART_MIB = 1024,  /* unpacked */
    TB_XLSX_MAX_TOTAL_MIB = 4096, /* unpacked; what is read twice, as sheets are, counts twice */
    TB_XLSX_FREE_MIB = 64,        /* so much is unpacked of a part whatever its ratio */
    TB_XLSX_MAX_RATIO = 500,      /* unpacked to packed; sheets of real data stay below 100 */
    TB_XLSX_PART_NAME = 512,
};

/* Takes unpacked bytes in their order: 0 to go on, -1 with *err filled. */
typedef int tb_xlsx_take(void *user, const char *bytes, size_t len, struct tb_error *err);

/* NULL with *err filled; says so of a workbook with a password and of an old .xls. */
struct tb_xlsx_package *tb_xlsx_package_open(const char *path, struct tb_error *err);
/* Of bytes that stay with the caller until close. */
struct tb_xlsx_package *tb_xlsx_package_from_memory(const void *bytes, size_t len,
                                                    struct tb_error *err);
void tb_xlsx_package_close(struct tb_xlsx_package *package);

/* Number of the part of that name; -1: there is none; -2 with *err filled: there are
 * two, of which one reader takes this and another that. */
int tb_xlsx_package_find(struct tb_xlsx_package *package, const char *name, struct tb_error *err);
/* Unpacks a part whole, checked against its checksum.  -1 with *err filled. */
int tb_xlsx_package_read(struct tb_xlsx_package *package, int part, tb_xlsx_take *take, void *user,
                         struct tb_error *err);

#endif
