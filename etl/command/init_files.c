/* init_files.c - the text of a new profile.  The rows are an example to write
 * over: a city, three districts, two indicators, two targets.  `tongbao init`
 * loads what it wrote, so a row that does not fit is found at once. */
#include "command/init_files.h"

/* clang-format off */
static const char PROFILE_INI[] =
    "; A profile: the tables of one bureau. tongbao check tells every mistake in them.\n"
    "; Lines that begin with ; or # are comments; a setting that is left out has the value shown.\n"
    "\n"
    "[profile]\n"
    "name_zh = 新的地区\n"
    "name_en = A new region\n"
    "; Head of the bulletin: who issues it, and its number.\n"
    "issuer_zh = 人民政府办公室\n"
    "issuer_en = Office of the Government\n"
    "number =\n"
    "; The unit whose bulletin this is (unit code); empty: all units of subject_group.\n"
    "subject = A01\n"
    "; The group whose units are ranked on page one (group code).\n"
    "subject_group = city\n"
    "; The group of the units below it, for top three and bottom three; may be empty.\n"
    "children_group =\n"
    "; Printed below charts and reports.\n"
    "source_zh = 各单位报送\n"
    "source_en = submissions by the units\n"
    "; Languages of the reports, the first one leads: zh, en or zh;en.\n"
    "languages = zh;en\n"
    "; How often a bulletin appears: A year, S half, Q quarter, M month,\n"
    "; M_3 ten days, W week, M2 two months.\n"
    "frequency = M\n"
    "; First month of the (fiscal) year.\n"
    "year_start = 1\n"
    "; Deadlines are days at this distance from UTC.\n"
    "utc_offset = +08:00\n"
    "\n"
    "[calendar]\n"
    "; A submission is due on this day of the month; 0: no deadline. On a day off, the next working day.\n"
    "; Days that differ by form, indicator or frequency, and the other steps of the round: deadlines.csv.\n"
    "deadline_day = 15\n"
    "; Months after the period: 0 the same month, 1 the next.\n"
    "deadline_months = 1\n"
    "\n"
    "[methods]\n"
    "; Ranks compare figures as printed (published), so that a reader can redo them, or full ones.\n"
    "rank_basis = published\n"
    "; Limits (at least 55%) compare full figures, or those printed (published).\n"
    "limit_basis = full\n"
    "; Places behind a tie: competition (1 2 2 4) or dense (1 2 2 3).\n"
    "tie_rule = competition\n"
    "; Rounding: half_up, half_even or down.\n"
    "round_mode = half_up\n"
    "; A unit without a figure: none (not ranked) or last.\n"
    "missing_rank = none\n"
    "; \"Moves up\" holds for who stays first: yes or no.\n"
    "first_keeps_ok = yes\n"
    "; \"No tied place\": any tie fails, or only one that reaches beyond the limit (boundary).\n"
    "no_tie = any\n"
    "; \"About 6.5\": lower (only less fails) or both; the tolerance in points.\n"
    "about = lower\n"
    "about_tolerance = 0.5\n"
    "; \"Among the front\": this share of the units.\n"
    "front_share = 0.333333\n"
    "; Time progress (elapsed): months, days, milestones (such as milestones = 3:20;6:50) or profile (past years).\n"
    "progress = months\n"
    "; A target that holds now is at risk when its chance is smaller (four past years give one).\n"
    "at_risk_below = 0.5\n"
    "; For analysis, in seasonal.csv: trend none or robust; seasonal none, regression or stl.\n"
    "trend = none\n"
    "seasonal = none\n"
    "; How many places are \"the last\".\n"
    "bottom_k = 3\n"
    "; Fewer peers are not averaged.\n"
    "min_peers = 3\n"
    "; Digits behind the point of a growth rate.\n"
    "growth_decimals = 1\n"
    "; Months shown in trends.\n"
    "bulletin_months = 24\n"
    "\n"
    "[units_of_measure]\n"
    "; Own names: 担 = 100 斤\n"
    "\n"
    "[missing]\n"
    "; Words for a missing value: L not collected, M cannot exist, O missing, Q suppressed.\n"
    "未报 = L\n"
    "不适用 = M\n"
    "\n"
    "[inbox]\n"
    "; A text without a last line end is left to its writer for so many seconds.\n"
    "grace = 60\n"
    "; Whose files are taken: any, or user names and self, such as self;stats.\n"
    "owners = any\n"
    "\n"
    "[converters]\n"
    "; Programs that make text of spreadsheets; {in} stands for the file. Take the ; away where ssconvert is\n"
    "; installed (package gnumeric); the limits are seconds and MiB.\n"
    ".xlsx = tongbao-xlsx {in}\n"
    "; .ods = ssconvert --export-type=Gnumeric_stf:stf_assistant -O format=automatic {in} fd://1\n"
    "; .xls = ssconvert --export-type=Gnumeric_stf:stf_assistant -O format=automatic {in} fd://1\n"
    "timeout = 60\n"
    "max_mib = 256\n"
    "memory_mib = 4096\n";

static const char UNITS[] =
    "unit,name_zh,name_en,parent,level,aliases,groups,valid_from,valid_to,successor\n"
    "A00,示例市,Example City,,city,全市,,,,\n"
    "A01,东区,East District,A00,district,东,city,,,\n"
    "A02,西区,West District,A00,district,西,city,,,\n"
    "A03,南区,South District,A00,district,南,city,,,\n";

static const char UNIT_CHANGES[] =
    "date,kind,from,to,note\n";

static const char GROUPS[] =
    "group,name_zh,name_en,area,class,exclude_self\n"
    "city,全市,the city,A00,,\n";

static const char DEPARTMENTS[] =
    "department,name_zh,name_en,lead,contact\n"
    "com,商务局,Bureau of Commerce,局长,\n"
    "fin,财政局,Bureau of Finance,局长,\n";

static const char INDICATORS[] =
    "indicator,name_zh,name_en,short_zh,short_en,aliases,unit_measure,unit_mult,kind,direction,frequency,"
    "growth,decimals,weight,min,max,min_base,jan_feb,headline,formula,grades,department,task\n"
    "retail,社会消费品零售总额,Retail sales of consumer goods,社零总额,Retail,社零总额;社零,万元,,flow,higher,M,"
    "published,0,6,0,,,joint,ytd_growth;ytd,,,com,t_retail\n"
    "budget_rev,一般公共预算收入,General public budget revenue,预算收入,Budget revenue,预算收入,万元,,flow,higher,M,"
    "comparable,0,4,0,,,,ytd_growth;ytd,,,fin,t_budget\n";

static const char BASES[] =
    "indicator,from,base,old,new,note\n";

static const char TASKS[] =
    "task,block,sequence,name_zh,name_en,goal,lead_department,departments,lead\n"
    "t_retail,重点工作,1(1),社会消费品零售总额,Retail sales,增速高于全市平均水平,com,,\n"
    "t_budget,重点工作,1(2),一般公共预算收入,Budget revenue,6月底前完成年度任务的55%,fin,,\n";

static const char TARGETS[] =
    "target,task,indicator,units,from,to,rule,unit_measure,annual,quota,due,strength,weight,note\n"
    "g01,t_retail,retail,city,2023-01,2023-12,ytd_growth > area(city),,,,,binding,1,增速高于全市平均水平\n"
    "g02,t_budget,budget_rev,A01,2023-01,2023-06,ytd >= 55% * annual,万元,12000,,2023-06-30,binding,1,"
    "6月底前累计完成年度任务的55%\n";

static const char QUOTAS[] =
    "target,unit,period,value,approved_on\n"
    "g02,A01,,12000,2023-02-15\n";

static const char CHECKS[] =
    "check,indicator,units,severity,rule,message_zh,message_en\n"
    "unit_ytd,,*,error,scale_jump(ytd) = 0,与历史相差千倍、万倍或亿倍：计量单位？,10^3 10^4 or 10^8 off its own past: unit of measure?\n"
    "unit_value,,*,error,scale_jump(value) = 0,与历史相差千倍、万倍或亿倍：计量单位？,10^3 10^4 or 10^8 off its own past: unit of measure?\n"
    "no_fall,,*,error,value >= 0,单期数为负：累计数比上期下降,the single-period figure is negative: the cumulative figure fell\n"
    "jump_budget,budget_rev,*,warning,ytd <= 2 * last_year(ytd),比上年同期翻了一番以上,more than doubled on a year earlier\n";

static const char EDITS[] =
    "when,who,unit,indicator,measure,period,value,reason\n"
    "2023-03-20T10:20:00+08:00,统计局审核岗,A02,budget_rev,ytd,2023-02,,已核实：一次性入库\n";

static const char FORMS[] =
    "form,files,layout,header,delimiter,encoding,unit_from,period_from,indicator_from,qualifier,unit_measure,measure,columns\n"
    "long,*_{period}.*,long,,,,,file,,,,ytd,\n"
    "commerce,商务_*.*,indicators-across,,,,column:地区,title,,,万元,ytd,社零总额累计=retail:ytd:万元;社零同比=retail:ytd_growth:%;备注=-\n";

static const char CALENDAR[] =
    "date,kind,applies_to,note\n"
    "2023-05-01,holiday,,劳动节\n"
    "2023-05-06,workday,,调休上班\n"
    "2024-01-01,year,,本年节假日已列全：到期日所在年份都要有\n";

static const char DEADLINES[] =
    "deadline,step,applies_to,due,shift,to,class,name_zh,name_en\n"
    "cutoff,cutoff,*,last,,,,当月数据截止,figures of the month end\n"
    "upwards,report,M,+1 month 22,next workday,fin,,审核认定后上报,reported upwards once verified\n"
    "quarter,report,Q,每季度最后一个工作日,,com,,季度情况,report of the quarter\n"
    "simple,case,,3 workdays,,,简易,简易事项办结,simple case\n";

static const char CASES[] =
    "case,class,unit,opened,closed,note\n"
    "2023-001,简易,A01,2023-03-01,2023-03-03,\n";

static const char ESTIMATES[] =
    "when,who,units,indicators,method,group,from,to,most,reason\n";

static const char WAIVERS[] =
    "units,indicators,forms,from,to,who,reason\n"
    "A03,retail,,2023-02,2023-03,统计局,受灾停报\n";

static const char FAULTS[] =
    "when,who,unit,indicator,period,fault,note\n";

static const char CONSEQUENCES[] =
    "when,what,to,text_zh,text_en\n"
    "bottom(city) <= 1,reminder,department,单项工作全市末位，提醒约谈分管领导,last of the city in a single item: reminder interview of the deputy in charge\n";
/* clang-format on */

const struct tb_init_file tb_init_files[] = {
    { "profile.ini", PROFILE_INI },
    { "units.csv", UNITS },
    { "unit_changes.csv", UNIT_CHANGES },
    { "groups.csv", GROUPS },
    { "departments.csv", DEPARTMENTS },
    { "indicators.csv", INDICATORS },
    { "bases.csv", BASES },
    { "tasks.csv", TASKS },
    { "targets.csv", TARGETS },
    { "quotas.csv", QUOTAS },
    { "checks.csv", CHECKS },
    { "edits.csv", EDITS },
    { "estimates.csv", ESTIMATES },
    { "forms.csv", FORMS },
    { "calendar.csv", CALENDAR },
    { "deadlines.csv", DEADLINES },
    { "cases.csv", CASES },
    { "waivers.csv", WAIVERS },
    { "faults.csv", FAULTS },
    { "consequences.csv", CONSEQUENCES },
};

const size_t tb_n_init_files = sizeof tb_init_files / sizeof *tb_init_files;
