/* reject.c - the table of reasons and the sentences made from it.
 *
 * In a sentence %t is the text that was found and %e what was expected in this
 * case; a part in braces is left out where nothing particular was expected.
 */
#include "collect/receipt/reject.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/size.h"
#include "tongbao/text.h"

enum { TEXT_KEPT = 160 }; /* bytes of a text that are quoted */

struct row {
    const char *code;
    const char *expected;
    const char *zh;
    const char *en;
};

static const struct row table[TB_N_REASONS] = {
    [TB_REASON_FILE_DAMAGED] = { "file.damaged", "a whole file",
        "压缩文件损坏或不完整，请重新报送完整文件",
        "the compressed file is damaged or cut short; send the whole file again" },
    [TB_REASON_FILE_TOO_LARGE] = { "file.too_large",
        "at most 64 GiB of text, 250 times what was sent, 64 MiB a row",
        "文件解压后过大（超过 64 GiB 或报送字节数的 250 倍），或有一行超过 64 MiB，请拆分后报送",
        "the file unpacks to more than 64 GiB or 250 times what was sent, or has a row of more than 64 MiB; send it in parts" },
    [TB_REASON_FILE_EMPTY] = { "file.empty", "a table with a header row",
        "文件为空；如确无数据，请报送只有表头的表",
        "the file is empty; to report that there is nothing, send the table with its header only" },
    [TB_REASON_FILE_NOT_TEXT] = { "file.not_text", "CSV text",
        "文件不是文本{（%e）}，请另存为 CSV 后报送",
        "the file is not text{ (%e)}; save it as CSV and send that" },
    [TB_REASON_FILE_ENCODING] = { "file.encoding", "UTF-8 or GB18030",
        "无法按 %t 编码读取文件，应为 UTF-8 或 GB18030",
        "the file cannot be read as %t, expected UTF-8 or GB18030" },
    [TB_REASON_FILE_NO_CONVERTER] = { "file.no_converter", "an installed converter",
        "读取此类文件的程序 %t 未安装{（%e）}，文件暂未采用；安装后自动重试，也可另存为 CSV 后报送",
        "the program %t, which reads such files, is not installed{ (%e)}; it is tried again every"
        " night; or save the file as CSV and send that" },
    [TB_REASON_FILE_CONVERTER_FAILED] = { "file.converter_failed", "a workbook that opens",
        "表格文件无法转换（%t）；请检查文件是否损坏或加密，或另存为 CSV 后报送",
        "the workbook cannot be converted (%t); see whether it is damaged or has a password, or save"
        " it as CSV and send that" },
    [TB_REASON_FILE_CONVERTER_SLOW] = { "file.converter_slow", "a workbook that converts in time",
        "表格文件未能在 %e 内完成转换，请拆分或另存为 CSV 后报送",
        "the workbook was not converted within %e; send it in parts, or as CSV" },
    [TB_REASON_FILE_CONVERTER_TOO_MUCH] = { "file.converter_too_much", "less text",
        "表格文件转换后超过 %e，请拆分后报送",
        "the workbook gives more than %e of text; send it in parts" },
    [TB_REASON_FORM_UNKNOWN] = { "form.unknown", "a file name of forms.csv",
        "文件名“%t”不属于任何已登记的报表{（文件名应如：%e）}，表头也无法识别",
        "the file name '%t' belongs to no known form{ (expected a name such as %e)}, and the heads are not"
        " those of a long table" },
    [TB_REASON_HEADER_MISSING] = { "header.missing", "",
        "未找到表头行{，最接近的报表及所缺表头：%e}",
        "no header row was found{; the nearest form and what its heads lack: %e}" },
    [TB_REASON_UNIT_UNSTATED] = { "unit.unstated", "a unit column, file name, title or folder",
        "文件未说明填报单位：没有名为“单位”“地区”等的列，文件名、标题和文件夹也未写明",
        "the file does not say for which unit it is: no column headed 单位, 地区, unit ..., and "
        "nothing in file name, title or folder" },
    [TB_REASON_PERIOD_UNSTATED] = { "period.unstated", "a period column, file name or title",
        "文件未说明报告期：没有名为“报告期”“月份”“时间”等的列，文件名和标题也未写明",
        "the file does not say for which period it is: no column headed 报告期, 月份, period ..., "
        "and nothing in file name or title" },
    [TB_REASON_INDICATOR_UNSTATED] = { "indicator.unstated", "an indicator column or title",
        "文件未说明指标：没有名为“指标”“项目”等的列，文件名和标题也未写明",
        "the file does not say of which indicator it is: no column headed 指标, 项目, indicator "
        "..., and nothing in file name or title" },
    [TB_REASON_UNIT_UNCLEAR] = { "unit.unclear", "one unit, or a unit column",
        "标题中写有不止一个单位{（%e）}，无法确定数据属于哪一个；整个文件未采用",
        "the titles name more than one unit{ (%e)}, and which one is meant is not clear; nothing was taken" },
    [TB_REASON_PERIOD_UNCLEAR] = { "period.unclear", "one period, or a period column",
        "标题中写有不止一个时期{（%e）}，无法确定报告期；整个文件未采用",
        "the titles name more than one period{ (%e)}, and which one is meant is not clear; nothing was taken" },
    [TB_REASON_INDICATOR_UNCLEAR] = { "indicator.unclear", "one indicator, or heads that name them",
        "标题中写有不止一个指标{（%e）}，无法确定数据属于哪一个；整个文件未采用",
        "the titles name more than one indicator{ (%e)}, and which one is meant is not clear; nothing was taken" },
    [TB_REASON_MEASURE_UNCLEAR] = { "measure.unclear", "a head that says the measure, such as 累计 or 同比增长(%)",
        "标题与表头未说清数值是水平还是增速{（%e）}；整个文件未采用",
        "titles and heads leave open whether the figures are levels or rates of growth{ (%e)}; nothing was taken" },
    [TB_REASON_TABLE_UNKNOWN] = { "table.unknown", "the heads of a registered form",
        "“%t”所在行属于另一张表，该表的表头不是已登记的报表，未采用",
        "the row with '%t' is of another table, whose heads are of no known form; it was not taken" },
    [TB_REASON_HEAD_MISSING] = { "head.missing", "a head over each column of numbers",
        "有数据的一列没有表头；该列未采用",
        "a column of numbers has no head; it was not taken" },
    [TB_REASON_HEAD_UNCLEAR] = { "head.unclear", "a usual head, or HEAD=- in forms.csv",
        "有一列的表头不明，而它可能决定数值的含义{：%e}；整个文件未采用",
        "a column that may say what the numbers mean has an unknown head{: %e}; nothing was taken" },
    [TB_REASON_HEAD_UNKNOWN] = { "head.unknown", "an indicator's code or name",
        "表头“%t”不是已知指标{，是否为“%e”}；该列未采用",
        "the head '%t' is no known indicator{, did you mean '%e'}; its column was not taken" },
    [TB_REASON_HEAD_TWICE] = { "head.twice", "each head once",
        "表头“%t”与前面一列含义相同；该列未采用",
        "the head '%t' means the same as an earlier one; its column was not taken" },
    [TB_REASON_HEAD_AMBIGUOUS] = { "head.ambiguous", "a head that says of which figure, such as 当月同比 or 累计同比",
        "表头“%t”可能属于前后不止一列数值{（%e）}，无法确定是哪一列的；该列未采用",
        "the head '%t' may belong to more than one column of figures{ (%e)}, and nothing says to which; its column"
        " was not taken" },
    [TB_REASON_ROW_UNCLOSED] = { "row.quote_unclosed", "a closing quote",
        "引号没有闭合，该行未采用",
        "a quote in this row never closes" },
    [TB_REASON_ROW_QUOTE] = { "row.quote_stray", "quotes around whole cells only",
        "单元格中有多余的引号，该行未采用",
        "a quote stands inside a cell that is not quoted, or text follows a closing quote" },
    [TB_REASON_ROW_NUL] = { "row.nul", "text without NUL bytes",
        "该行含有空字节（NUL），疑为文件损坏",
        "the row holds NUL bytes: the file may be damaged" },
    [TB_REASON_ROW_LONG] = { "row.too_long", "",
        "该行单元格比表头多（应为 %e 格），数字中的逗号可能未加引号",
        "the row has more cells than the header (%e): perhaps a comma in a number is not quoted" },
    [TB_REASON_ROW_SHORT] = { "row.too_short", "",
        "该行单元格比表头少（应为 %e 格），文件可能被截断",
        "the row has fewer cells than the header (%e): the file may have been cut" },
    [TB_REASON_ROW_UNREAD] = { "row.unread", "figures under heads that are known",
        "该行的数据（“%t”等）都在未识别的表头之下，未采用",
        "all that the row says ('%t' ...) stands under heads that are not known; none of it was taken" },
    [TB_REASON_UNIT_MISSING] = { "unit.missing", "a unit's code or name",
        "缺少单位名称", "the unit is missing" },
    [TB_REASON_UNIT_UNKNOWN] = { "unit.unknown", "a unit's code or name",
        "未知单位“%t”{，是否为“%e”}", "unit '%t' is not known{, did you mean '%e'}" },
    [TB_REASON_UNIT_AMBIGUOUS] = { "unit.ambiguous", "a unit's code",
        "单位名称“%t”对应多个单位，请用代码", "'%t' names more than one unit, use the code" },
    [TB_REASON_UNIT_DIFFERS] = { "unit.differs", "a name and a code of the same unit",
        "单位“%t”与同一行的{“%e”}不是同一单位", "unit '%t' and{ '%e'} in the same row are not the same" },
    [TB_REASON_INDICATOR_DIFFERS] = { "indicator.differs", "a name and a code of the same indicator",
        "指标“%t”与同一行的{“%e”}不是同一指标", "indicator '%t' and{ '%e'} in the same row are not the same" },
    [TB_REASON_UNIT_NOT_VALID] = { "unit.not_valid", "",
        "单位“%t”在该期不存在{（存续期 %e）}",
        "unit '%t' does not exist in that period{ (it exists %e)}" },
    [TB_REASON_UNIT_FORMER_NAME] = { "unit.former_name", "",
        "“%t”是曾用名，该期不用此名{（%e）}；请用该期的名称或代码",
        "'%t' is a former name that does not hold in that period{ (%e)}; use the name of that period, or the code" },
    [TB_REASON_INDICATOR_MISSING] = { "indicator.missing", "an indicator's code or name",
        "缺少指标名称", "the indicator is missing" },
    [TB_REASON_INDICATOR_UNKNOWN] = { "indicator.unknown", "an indicator's code or name",
        "未知指标“%t”{，是否为“%e”}", "indicator '%t' is not known{, did you mean '%e'}" },
    [TB_REASON_INDICATOR_AMBIGUOUS] = { "indicator.ambiguous", "an indicator's code",
        "指标名称“%t”对应多个指标，请用代码",
        "'%t' names more than one indicator, use the code" },
    [TB_REASON_PERIOD_MISSING] = { "period.missing", "a period such as 2023-05",
        "缺少报告期", "the period is missing" },
    [TB_REASON_PERIOD_MALFORMED] = { "period.malformed", "a period such as 2023-05",
        "“%t”不是报告期，应如 2023-05 或 2023年5月",
        "'%t' is no period, expected one such as 2023-05 or 2023年5月" },
    [TB_REASON_PERIOD_FREQUENCY] = { "period.frequency", "",
        "报告期“%t”与指标的频率不符{，应为 %e}",
        "period '%t' is not of the indicator's frequency{, expected %e}" },
    [TB_REASON_PERIOD_SPAN] = { "period.span", "",
        "至“%t”自1月累计，而本年度自 %e 月起，应为年度内累计",
        "what is cumulated from January to '%t' is of no year that starts in month %e, expected it "
        "cumulated in that year" },
    [TB_REASON_PERIOD_DIFFERS] = { "period.differs", "the period that the form takes for the whole file",
        "“%t”与整个文件的报告期{（%e）}不符", "'%t' is not within the period of the whole file{, %e}" },
    [TB_REASON_MEASURE_UNKNOWN] = { "measure.unknown", "value, ytd, growth, ytd_growth ...",
        "未知口径“%t”，应为 当期、累计、同比、累计同比 等",
        "measure '%t' is not known, expected value, ytd, growth, ytd_growth ..." },
    [TB_REASON_UOM_MISMATCH] = { "uom.mismatch", "",
        "计量单位“%t”不能换算为%e", "'%t' cannot be converted to %e" },
    [TB_REASON_UOM_UNKNOWN] = { "uom.unknown", "",
        "计量单位“%t”不能换算为%e，请按%e填报；两者若同义，可由收表单位在 profile.ini 的 [units_of_measure] 中写明 %t = 1 %e",
        "'%t' cannot be converted to %e, send it in %e; if they mean the same, the bureau can say so under"
        " [units_of_measure] of profile.ini: %t = 1 %e" },
    [TB_REASON_UOM_AMBIGUOUS] = { "uom.ambiguous", "",
        "表上方写有“%t”几种计量单位，不能确定该数用哪一种（指标按%e计）；请在表头写明，如 指标（%e）",
        "the lines above the table state '%t', and nothing says which of them holds here (the indicator is"
        " in %e); write it in the head, as in NAME (%e)" },
    [TB_REASON_UOM_OF_FORM] = { "uom.of_form", "",
        "报表登记的计量单位“%t”（forms.csv）不能换算为该指标的%e；请收表单位更正登记，不必重新报送",
        "'%t', which forms.csv states for this form, cannot be converted to the indicator's %e; it is for"
        " the bureau to correct forms.csv, nothing need be sent again" },
    [TB_REASON_UOM_INEXACT] = { "uom.inexact", "",
        "“%t”不能精确换算为%e", "'%t' has no exact value in %e that can be kept" },
    [TB_REASON_UOM_CURRENCY] = { "uom.currency", "",
        "货币符号“%t”与计量单位{“%e”}不符", "the sign '%t' does not go with the unit of measure{ '%e'}" },
    [TB_REASON_UOM_MULTIPLIER] = { "uom.multiplier", "",
        "UNIT_MULT“%t”与计量单位%e矛盾", "UNIT_MULT '%t' does not go with the unit of measure %e" },
    [TB_REASON_STATUS_UNKNOWN] = { "status.unknown", "a code of CL_OBS_STATUS such as A or P",
        "未知数据状态“%t”", "observation status '%t' is not known" },
    [TB_REASON_STATUS_CONFLICT] = { "status.conflict", "a status that goes with the number",
        "“%t”与数据状态{“%e”}矛盾", "'%t' does not go with the status{ %e} that is given" },
    [TB_REASON_NUMBER_MALFORMED] = { "number.malformed", "digits",
        "“%t”不是数字{：其中有形似数字的字母（O 像 0，l、I 像 1），如指 %e 请改为数字}",
        "'%t' is not a number, expected digits{: it has letters that look like them (O like 0, l and I like 1);"
        " if %e is meant, write digits}" },
    [TB_REASON_NUMBER_MARKS] = { "number.marks", "thousands in threes, a point before decimals",
        "“%t”的分位号有歧义，千分位应每三位一组{，小数应如 %e}",
        "the marks in '%t' can be read in two ways, expected thousands in threes{ and decimals as in %e}" },
    [TB_REASON_NUMBER_SPREADSHEET] = { "number.spreadsheet", "digits",
        "“%t”是电子表格的错误值或公式", "'%t' is an error or a formula of a spreadsheet, expected digits" },
    [TB_REASON_NUMBER_EXPONENT] = { "number.exponent", "all digits",
        "“%t”是科学计数法，可能已丢失位数，请将单元格设为数值格式",
        "'%t' has an exponent and may have lost digits, expected all digits" },
    [TB_REASON_NUMBER_DATE] = { "number.date", "digits",
        "“%t”是日期，可能由电子表格自动转换", "'%t' is a date, perhaps made by a spreadsheet, expected digits" },
    [TB_REASON_NUMBER_INEXACT] = { "number.inexact", "the exact number",
        "“%t”不是准确数，请填报准确数值", "'%t' is not exact, expected the exact number" },
    [TB_REASON_NUMBER_DIRECTION] = { "number.direction", "a number with its sign",
        "“%t”中的升降字样或符号在此有歧义，请直接填写带正负号的数字",
        "the word or sign of direction in '%t' can be read in two ways here, expected a number with its sign" },
    [TB_REASON_NUMBER_TOO_LONG] = { "number.too_long", "at most 18 digits",
        "“%t”位数过多", "'%t' has more digits than can be kept exactly" },
    [TB_REASON_RANK_MALFORMED] = { "rank.malformed", "a place such as 3, =3 or 并列第三",
        "“%t”不是名次，应如 3、第三、并列第三", "'%t' is no place, expected 3, =3 or 并列第三" },
    [TB_REASON_GRADE_UNKNOWN] = { "grade.unknown", "",
        "“%t”不是该指标的等级{，应为：%e}", "'%t' is no grade of this indicator{, expected one of: %e}" },
    [TB_REASON_MILESTONE_MALFORMED] = { "milestone.malformed", "a percentage, done, under way, not begun or not done",
        "“%t”不是完成情况，应为百分比、已完成、推进中、未启动或未完成",
        "'%t' does not say how far it is, expected a percentage, done, under way, not begun or not done" },
    [TB_REASON_DAY_MALFORMED] = { "day.malformed", "a day with its year, such as 2023-06-12",
        "“%t”不是可确定的日期，应写明年月日，如 2023-06-12",
        "'%t' is no day that is certain, expected year, month and day, such as 2023-06-12" },
    [TB_REASON_ACTION_UNKNOWN] = { "action.unknown", "M (or A, I, R) or D, 更正 or 撤回",
        "“%t”不是操作代码，应为 M（更正、新增）或 D（撤回、删除）",
        "'%t' is no ACTION, expected M (or A, I, R) or D" },
    [TB_REASON_VALUE_DIFFERS] = { "value.differs", "one column, or the same number in both",
        "“%t”与同一行中含义相同的另一列的{“%e”}不同，无法确定哪一个正确；未采用",
        "'%t' differs from{ '%e'} in another column of the same meaning, and nothing says which is right; neither was taken" },
    [TB_REASON_KEY_CONFLICT] = { "key.conflict", "",
        "同一单位、指标、报告期在本文件中前面已有不同的值{（值与行号：%e）}",
        "the same unit, indicator and period has another value earlier in this file{ (value and line: %e)}" },
    [TB_REASON_WITHDRAWAL_NOTHING] = { "withdrawal.nothing", "the name of a file sent before",
        "要撤回的文件“%t”此前没有报送过，或已经撤回",
        "there is no '%t' to take back: you have not sent it, or it was taken back before" },
    [TB_REMARK_BYTES_REPLACED] = { "remark.bytes_replaced", "",
        "有 %t 处字节不是合法的 %e 编码，已替换", "%t bytes are not valid %e and were replaced" },
    [TB_REMARK_FORM_BY_HEADS] = { "remark.form_by_heads", "",
        "文件名未登记，已按表头识别为长表",
        "the file name is of no known form; the heads are those of a long table, and it was read so" },
    [TB_REMARK_PERIOD_AHEAD] = { "remark.period_ahead", "",
        "报告期 %t 在收到文件时尚未开始", "period %t had not begun when the file was received" },
    [TB_REMARK_TOTAL] = { "remark.total_differs", "",
        "合计数 %t 与各行之和 %e 不符", "the total %t is not the sum of the rows, %e" },
    [TB_REMARK_TOTALS] = { "remark.totals_differ", "",
        "合计数与各行之和不符的另有 %t 处，未一一列出",
        "totals that are not the sum of the rows, beyond those listed: %t" },
    [TB_REMARK_MEASURE_DIFFERS] = { "remark.measure_differs", "",
        "标题“%t”所写口径与报表规定的口径（%e）不同；按报表规定读取",
        "the title '%t' says another measure than the form, %e; it was read as the form says" },
    [TB_REMARK_UOM_BELOW] = { "remark.uom_below", "",
        "此行写明计量单位“%t”，但其下没有数据；其上的数据未按它读取",
        "this line states the unit of measure '%t' and no data follow it; what stands above was not read by it" },
    [TB_REMARK_LINE_UNKNOWN] = { "remark.line_unknown", "",
        "数据之间的“%t”含义不明；其下各行仍按标题所写指标{“%e”}读取，请核对",
        "what '%t' between the rows says is not known; the rows below it were read as of the indicator{ %e} of the title" },
    [TB_REMARK_PERIOD_DIFFERS] = { "remark.period_differs", "",
        "标题写的时期是 %t，表中数据却是 %e 的；已按表中所写读取，请核对",
        "the title states %t, but the figures below it are of %e, and were read so; please check" },
    [TB_REMARK_PERIOD_OF_NAME] = { "remark.period_of_name", "",
        "文件名写的时期是 %t，数据却是 %e 的；已按表中所写读取，请核对",
        "the name of the file states %t, but its figures are of %e, and were read so; please check" },
    [TB_REMARK_TOTAL_UNJUDGED] = { "remark.total_unjudged", "",
        "有 %t 个合计数无法核对，因为其中缺：%e",
        "totals that could not be compared with their rows: %t, for these cells are missing: %e" },
    [TB_REMARK_ROUNDED] = { "remark.rounded", "",
        "有 %t 个数超过 12 位小数，已四舍五入到 12 位",
        "numbers with more than 12 decimals, rounded to 12: %t" },
    [TB_REMARK_SHORT] = { "remark.short_rows", "",
        "有 %t 行末尾的单元格比其他行少；所需各列齐全，已采用",
        "rows with fewer cells at the end than the others; what is read was there and was taken: %t" },
    [TB_REMARK_SHEETS] = { "remark.sheets_unread", "",
        "工作表 %t 不属于任何报表，未读取", "sheets that no form reads were left out: %t" },
    [TB_REMARK_MARKED] = { "remark.marked", "",
        "有 %t 个数后面的注释标记（*、① 等）未采用", "footnote marks (*, ① ...) left off behind numbers: %t" },
};

void tb_rejects_release(struct tb_rejects *list)
{
    tb_arena_release(&list->arena);
    free(list->item);
    *list = (struct tb_rejects){ 0 };
}

/* At most TEXT_KEPT bytes, cut between characters; bytes that are no UTF-8 (of a
 * file name) are shown as \xHH. */
const char *tb_reject_cut(const char *text, struct tb_buf *scratch)
{
    size_t bad, len = text ? strlen(text) : 0;

    if (len == 0)
        return "";
    bool valid = tb_utf8_valid(text, len, &bad);
    if (len <= TEXT_KEPT && valid)
        return text;
    tb_buf_clear(scratch);
    if (valid)
        tb_buf_add(scratch, text, TEXT_KEPT + 1);
    else
        tb_escape_terminal(scratch, text, len);
    if (scratch->len > TEXT_KEPT && !scratch->failed) {
        len = TEXT_KEPT;
        while (len > 0 && ((unsigned char)scratch->data[len] & 0xc0) == 0x80)
            len--;
        scratch->len = len;
        scratch->data[len] = '\0';
        tb_buf_puts(scratch, "...");
    }
    return tb_buf_text(scratch);
}

static const char *keep(struct tb_arena *arena, const char *text)
{
    struct tb_buf scratch = TB_BUF_INIT;
    const char *cut = tb_reject_cut(text, &scratch);

    if (*cut)
        cut = scratch.failed ? NULL : tb_arena_strdup(arena, cut);
    tb_buf_release(&scratch);
    return cut;
}

int tb_rejects_add(struct tb_rejects *list, const struct tb_reject *reject, struct tb_error *err)
{
    struct tb_reject *grown = tb_grow(list->item, list->n, &list->capacity, sizeof *grown);
    struct tb_reject kept = *reject;

    if (!grown)
        return tb_error_set(err, "out of memory for rejects");
    list->item = grown;
    kept.field = keep(&list->arena, reject->field);
    kept.text = keep(&list->arena, reject->text);
    kept.expected = keep(&list->arena, reject->expected);
    if (!kept.field || !kept.text || !kept.expected)
        return tb_error_set(err, "out of memory for rejects");
    list->item[list->n++] = kept;
    return 0;
}

const char *tb_reason_code(enum tb_reason reason)
{
    return table[reason].code;
}

int tb_reason_find(const char *code)
{
    for (int i = 0; i < TB_N_REASONS; i++) {
        if (strcmp(table[i].code, code) == 0)
            return i;
    }
    return -1;
}

const char *tb_reason_expected(enum tb_reason reason)
{
    return table[reason].expected;
}

void tb_reject_message(const struct tb_reject *reject, const char *lang, struct tb_buf *out)
{
    const struct row *row = &table[reject->reason];
    const char *s = strcmp(lang, "zh") == 0 ? row->zh : row->en;
    bool skipping = false;

    while (*s) {
        size_t plain = strcspn(s, "{}%");
        if (!skipping)
            tb_buf_add(out, s, plain);
        s += plain;
        if (*s == '\0')
            break;
        if (*s == '{')
            skipping = reject->expected[0] == '\0';
        else if (*s == '}')
            skipping = false;
        else if (!skipping && (s[1] == 't' || s[1] == 'e'))
            tb_buf_puts(out, *++s == 't' ? reject->text : reject->expected);
        else if (!skipping)
            tb_buf_putc(out, '%');
        s++;
    }
}
