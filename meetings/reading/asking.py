"""Whether a sentence asks for something that can be done and checked, and who is to do it. Rules of language only."""

import re
from dataclasses import dataclass

from meetings.reading.draft import Found
from meetings.reading.structure import Stretch, Text, clauses
from meetings.reading.units import Names, groups_in

# Acts whose doing can be checked, with their objects where the verb alone says too little.
CONCRETE = re.compile(
    r"制定|制订|拟定|拟订|编制|编写|起草|修订|印发|出台|梳理|摸排|排查|摸清|摸底|核实|核查"
    r"|核对|填报|报送|上报|报告(?!制度|责任|单)|报备|备案|告知|函告|提请|报(?=[^，]{0,12}(?:办|备案|审))|提交|汇总|收集|归集|整理|归档"
    r"|建档|立卷"
    r"|建立|组建|成立|健全[^，]{1,20}(?:机制|制度|体系|网络|队伍|档案)|完善[^，]{1,24}(?:机制"
    r"|制度|台账|清单|体系|档案|平台|设施|方案|数据|资料|措施|预案|名单)|细化|分解|开展|举办"
    r"|召开|组织(?!领导|保障|建设|观摩会上)"
    r"|培训|轮训|宣传|宣讲|普法|走访|入户|慰问|帮扶|救助|关爱服务|新建|改建|改造|建成|建好"
    r"|建设(?!成)[^，]{0,16}(?:室|站|中心|基地|设施|平台|家园|阵地|队伍|项目|社区|城市|之家)"
    r"|[^，]{2,}建设$|配备|配齐|配足"
    r"|(?:安排|落实|保障|拨付|筹措|争取|列支)[^，]{0,16}(?:经费|资金|预算|场地|编制|人员)|纳入"
    r"|列入|设立|设置|开设|开通|整改|销号|督查(?!落实)|督导(?!成果|组|中|反馈|发现|检查组)"
    r"|检查(?!覆盖|中)|抽查|巡查|暗访|自评|自查|评估(?!机制)"
    r"|监测|统计(?!局)|测算|公示|公开|签订|签署"
    r"|落实[^，]{2,30}(?:责任|制度|机制|政策|措施|待遇|规定|假)|加大[^，]{1,20}(?:宣传|投入"
    r"|供给|打击|惩治|排查|救助|帮扶|培训|监管|执法|筛查)|抓好[^，]{2,24}(?:建设|整改|培训"
    r"|宣传|监测|排查|衔接|实施方案|工作)(?<!贯彻落实工作)|做好[^，]{2,40}(?:工作|服务|准备"
    r"|衔接|统计|监测|培训|宣传|发放|排查|保障|筛查|整改|对接)"
    r"|实施[^，]{2,}(?:工程|计划|行动|项目|方案)|打造|创建|提供|发放|完成(?!好)|查处|严惩|打击"
    r"|惩处|干预|筛查|体检|免费|补齐(?![^，]{0,4}(?:短板|弱项))|衔接|对接|更新|录入|上传|调度"
    r"|通报|倒排|挂图|明确(?!了)[^，]{0,16}(?:任务|责任人|时限|专人|分工|联络员|措施|牵头|责任)"
    r"|指定|确定|选派|选聘|选树|评选"
    r"|推荐|表彰|复查|回头看|联合执法|随访|推广|推送|张贴|制作|拍摄|播出|布设|安装|维修|清理"
    r"|清零|受理|转介|办理|审核|审批|开放|招募|培育|孵化|认定|验收|移交|反馈|答复|回复|学习(?=《)"
    r"|修改|补充|查漏|压缩|控制在|提高到|达到|不低于|不少于|全覆盖"
)
# Words of will and spirit: what they say cannot be ticked off.
_ATTITUDE = re.compile(
    r"(?:不断|切实|进一步|始终|着力|充分|高度|牢固|自觉|持续)*(?:提高|提升|增强|强化|树牢|树立"
    r"|坚定|站稳|扛起|扛牢|压实|压紧|拧紧|夯实|凝聚|统一|汇聚|深化)[^，。]{0,24}(?:认识|站位"
    r"|意识|责任感|使命感|紧迫感|感|自觉|思想|共识|合力|责任|担当|信心|决心|能力|力量|观念"
    r"|理念|导向|责任落实|责任链条|组织领导|思想根基|保障)"
    r"|加强(?:组织)?领导|强化(?:组织|责任|政治|工作)[^，]{0,6}(?:领导|落实|担当|保障)?|坚持[^，]{1,40}"
    r"|做到(?![^，。]*(?:全覆盖|\d))[^，。]{0,60}|营造[^，。]{0,40}(?:氛围|环境)|形成[^，。]{0,30}(?:合力"
    r"|氛围|格局|局面)|推动[^，。]{0,40}(?:发展|进步|上台阶|落地见效|走深走实)"
    r"|高(?:质量|标准|效率|站位)[^，。]{0,12}|深刻(?:认识|领会|理解|把握)[^，。]*|充分认识[^，。]*"
    r"|切实解决[^，。]*(?:最关心|急难愁盼|切身|实际)[^，。]*|贯彻落实[^，。]*(?:精神|决策部署"
    r"|重要论述|指示)|以[^，。]{2,30}(?:精神|作风|姿态|态度|标准|为抓手|为引领|为指导)[^，。]*"
    r"|为[^，。]{2,40}(?:贡献|奠定[^，。]*基础|添砖加瓦|保驾护航)"
    r"|(?:真抓实干|齐抓共管|久久为功|凝心聚力|齐心协力|奋勇争先|守正创新|担当作为|履职尽责"
    r"|再接再厉|持之以恒|善作善成|同频共振|常抓不懈|抓实抓细|走深走实|见行见效)|把[^，。]{2,40}(?:摆在"
    r"|转化为|摆上|对准|讲到|递给"
    r"|放在)[^，。]*|谱写[^，。]*|奋力[^，。]*|凝聚[^，。]*|统筹兼顾|上下联动|密切配合|通力协作"
    r"|各负其责|各司其职"
    r"|(?:妇女儿童|人民群众|群众)[^，。]{0,8}(?:获得感|幸福感|安全感)[^，。]*|结合实际|立足(?:本职"
    r"|实际|职能)|对标对表|聚焦[^，。]*"
)
_MODAL = re.compile(
    r"(?<![主重首需必紧扼概纲])要(?!求|素|点|闻|义|件|领|务|害|紧)|须|应(?!急|用|对|届|邀|有尽有)"
    r"|必须|务必|确保|力争|争取|不得|严禁|需(?!求)|请(?=各|于|在|县|有关|相关)|责成|由[^，。]{2,30}(?:负责"
    r"|牵头)|(?:^|，)各[^，]{1,16}(?:于|按|对照|结合|负责)"
)
# A clause with these tells how things are, unless a modal stands before.
# 也要看到，…… and 督导中发现，…… tell what there is.
SEEN = re.compile(
    r"^(?:但是?|同时|我们)?，?(?:我们)?也?(?:要|应|必须)?(?:清醒地?)?(?:看到|认识到|意识到)|^[^，。]{0,8}(?:也)?发现，"
)
_STATEMENT = re.compile(
    r"(?:是|已(?!婚)|了(?!解)|以来|取得|具有|存在|处于|仍|显著|达到了?|同比|成效|明显|不断"
    r"|基本(?!公共)|意义|之年|关键期|机遇|挑战)"
)
LIST_MARK = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*|[一二三四五六七八九十]{1,2}(?:是"
    r"|要)|第[一二三四五六七八九十]，|其[一二三]，|首先，|其次，|再次，|最后，)"
)

_UNITS_END = (
    r"牵头|负责|要|应|须|需|必须|会同|尽快|于(?=\d|每|本|今|[^，。；、]{2,8}前)|在(?=\d|每|本|今|会)|每|根据|按照"
    r"|结合|对照|抓紧|按(?=要求|照|时|季|月)|具体|配合|协助|协同|参与|承担|组织|开展|制定|完成"
    r"|报送|落实|继续|重点|分别|同步|加快|做好|提供|统筹"
    r"|指导|联合|通过|聚焦|围绕|以|对|将|依托|立即|认真|加强|建立|负|把|为|加大|推进|不少于"
    r"|至少|统一|从严|主动|切实|年内|月底前|会后|\d"
)
_LABEL = re.compile(
    r"(?P<label>牵头单位|责任单位|主要责任单位|配合单位|协办单位|主办单位|责任部门|牵头部门"
    r"|配合部门|落实单位)\s*[：:]\s*(?P<units>[^；。）\n]{2,120})"
)
_JOINED = re.compile(
    r"(?:会同|联合|协同|配合)(?P<units>[^，。；]{2,60}?)(?:等(?:单位|部门)?)?(?=[，。；]|共同"
    r"|做好|开展|制定|完成|组织|按|建立|对|于|在|$|落实|研究|推进|联合)"
)
# 由县教育局牵头、县民政局配合，
_AFTER_LEAD = re.compile(r"牵头、(?P<units>[^，。；]{2,40}?)(?:等单位|等部门)?(?:配合|协助|参与|参加)")
_HELP = re.compile(r"^(?:积极|密切|共同|全力|主动|予以|做好)?(?:配合|协助|协同|参与|参加|保障$)")

_MEASURE = re.compile(
    r"(?:(?![要把将使让])[^，。；：、]){1,14}?率(?:达到|达|保持在|控制在|提高到|不低于|不高于|稳定在|下降到|降到"
    r"|降至|升至|提升到|力争达到)\s*(?:100%|\d+(?:\.\d+)?\s*(?:%|‰|/10万|/万)?)(?:以上|以下"
    r"|以内)?"
    r"|(?:不少于|不低于|至少|不超过)[^，。；]{1,14}|(?:实现|确保)?[^，。；]{0,14}(?:全覆盖"
    r"|应[^，。；]尽[^，。；]|零遗漏|清零|100%)|\d+(?:\.\d+)?%(?:以上|以下)"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sentence asks: whether it can be done and checked, why that is thought, and of whom."""

    is_actionable: bool
    why: str
    lead_units: tuple[str, ...]
    cooperating_units: tuple[str, ...]
    groups: tuple[str, ...]


def asked(sentence: Stretch, names: Names, *, has_deadline: bool) -> Asked:
    """Read one sentence. It is actionable if it names a unit or a deadline, or a concrete act under a modal."""
    lead, helping = units_of(sentence, names)
    groups = tuple(dict.fromkeys(each for clause in clauses(sentence) for each in groups_in(_bare(clause.text))))
    text = LIST_MARK.sub("", sentence.text)
    act = next(
        (match for clause in clauses(Stretch(text, 0)) if (match := CONCRETE.search(_ATTITUDE.sub("", clause.text)))),
        None,
    )
    if LIST_MARK.match(sentence.text) and not lead and not has_deadline and is_slogan(text):
        return Asked(False, "四字句标题", lead, helping, groups)
    if _is_statement(text):
        return Asked(False, "陈述情况", lead, helping, groups)
    if lead and (act or has_deadline):
        return Asked(True, "写明了责任单位", lead, helping, groups)
    if has_deadline and act:
        return Asked(True, "写明了期限", lead, helping, groups)
    if act:
        return Asked(True, f"写明了做法（{act[0]}）", lead, helping, groups)
    return Asked(False, "没有写明做什么", lead, helping, groups)


def is_slogan(text: str) -> bool:
    """摸清底数，找准短板: clauses of a few characters, as headings of items are."""
    return all(len(part) <= 6 for part in re.split(r"[，。；、！]", text) if part)


def _is_statement(text: str) -> bool:
    """Whether a sentence tells how things are: no modal, and its first clauses are no imperative."""
    if SEEN.match(text):
        return True
    if _MODAL.search(text):
        return False
    first = text.split("，", maxsplit=1)[0]
    return bool(_STATEMENT.search(first)) or (bool(_STATEMENT.search(text)) and not CONCRETE.match(first))


def _bare(text: str) -> str:
    return LIST_MARK.sub("", text).lstrip("“")


def units_of(sentence: Stretch, names: Names) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Leading and cooperating units: after 由 and before 牵头, after 责任单位：, or the subjects of clauses.

    The first named leads, the others help, unless the words say otherwise. Units that only receive something
    (报县妇儿工委办) are none of them.
    """
    lead: list[str] = []
    helping: list[str] = []
    for clause in clauses(sentence):
        text = _bare(clause.text.rstrip("，；。：！？"))
        if label := _LABEL.search(text):
            units = names.listed(label["units"])
            (helping if label["label"].startswith(("配合", "协办")) else lead).extend(units[:1] if not lead else [])
            helping += [unit for unit in units if unit not in lead]
            continue
        if joined := _JOINED.match(text):
            helping += names.listed(joined["units"])
            continue
        by = re.match(r"^[^，]{0,40}?由(?P<units>[^，。；]{2,60}?)(?:等(?:单位|部门)?)?(?:负责)?(?:牵头|负责)", text)
        subject = by or subject_units(text, names)
        if subject is None:
            helpers = re.match(
                r"^(?P<units>[^，。；]{2,80}?)(?:等(?:\d+|[一二三四五六七八九十]+)?(?:个)?(?:单位|部门)?)?(?:积极"
                r"|密切|共同|全力|主动|予以|分别)*(?:配合|协助|参与|参加|保障$)",
                text,
            )
            helping += names.listed(helpers["units"]) if helpers else []
            continue
        units = names.listed(subject["units"])
        rest = text[subject.end("units") :]
        if (_HELP.match(re.sub(r"^等(?:\d+个)?(?:单位|部门)?", "", rest)) and (lead or "配合" in rest)) or lead:
            helping += units
        else:
            lead, more = units[:1], units[1:]
            helping += more
        for joined in (*_JOINED.finditer(rest), *_AFTER_LEAD.finditer(rest)):
            helping += names.listed(joined["units"])
    for label in _LABEL.finditer(sentence.text):
        units = names.listed(label["units"])
        if label["label"].startswith(("配合", "协办")):
            helping += units
        else:
            lead += units[:1] if not lead else []
            helping += units
    lead = list(dict.fromkeys(lead))
    return tuple(lead), tuple(dict.fromkeys(unit for unit in helping if unit not in lead))


def subject_units(text: str, names: Names) -> re.Match[str] | None:
    """The units that a clause begins with, tried at each word that may follow a subject."""
    for end in re.finditer(_UNITS_END, text[:100]):
        match = re.match(
            rf"^(?:请|由|责成|责令)?(?P<units>.{{2,{max(2, end.start())}}}?)(?:等(?:\d+|[一二三四五六七八九十]+)?"
            rf"(?:个)?(?:单位|部门)?)?(?:分别|共同|也|均)?$",
            text[: end.start()],
        )
        if match and names.listed(match["units"]):
            return match
    return None


def measures_of(text: Text, sentence: Stretch) -> tuple[Found, ...]:
    """The words by which completion can be seen."""
    return tuple(
        text.found(sentence.part(match.start(), match.end()), "完成标准") for match in _MEASURE.finditer(sentence.text)
    )
