"""Whether a sentence asks for something that can be done and checked, and who is to do it. Rules of language only."""

import re
from dataclasses import dataclass

from meetings.reading.draft import Found
from meetings.reading.structure import Stretch, Text, clauses
from meetings.reading.units import SUFFIX, Names, groups_in

# Acts whose doing can be checked, with their objects where the verb alone says too little.
CONCRETE = re.compile(
    r"制定|制订|拟定|拟订|编制|编写|起草|修订|印发|出台|梳理|摸排|排查|摸清|摸底|核实|核查"
    r"|核对|填报|报送|上报|报告(?!制度|责任|单)|报备|备案|告知|函告|提请|报(?=[^，]{0,12}(?:办|备案|审))|提交|汇总|收集|归集|整理|归档"
    r"|建档|立卷"
    r"|建立|组建|成立|健全[^，]{1,20}(?:机制|制度|体系|网络|队伍|档案)|完善[^，]{1,24}(?:机制"
    r"|制度|台账|清单|体系|档案|平台|设施|方案|数据|资料|措施|预案|名单|渠道|网络|流程|标准|办法|目录|细则)|细化|分解|开展|举办"
    r"|召开|组织(?!领导|保障|建设|观摩会上)"
    r"|培训|轮训|宣传(?!部|员|委)|宣讲|普法|走访|入户|慰问|帮扶|救助|关爱服务|新建|改建|改造|建成|建好"
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
# More that is done by people to things, in the words of talks: names handed over, lessons given, money set apart.
_DEED = re.compile(
    r"听取|安排(?![^，]{0,4}部署)|动员|结对|辅导|约谈|家访|见(?:一次|个)?面|签好|裁定|腾出|配好|试点|延伸|认领|征求|附上|督查|值守"
    r"|[交送报发给讲列拨派]到|[交送报]至|给予|予以|列进|列支|列出|拿出|派出|出(?=\d+名)|抽调|增派|增设|增配|增补|调剂|补助|补贴|资助"
    r"|[^，。]{0,2}一次性|轮值|召集|约见|会商|研判|复核|比对|核对|清点|登记|造册|上墙|公布|挂牌|挂出|挂在|悬挂|拆除|搬迁|扩建"
    r"|装修|采购|购置|购买|租用|腾退|盘活|划拨|捐赠|募集|认捐|开(?:好|办|课|馆|班|工)|动工|开工|完工|竣工|交付|投入使用|启用"
    r"|上(?:好|一|门)(?:[^，]{0,4}课)?|授课|讲课|巡讲|宣誓|演练|测试|测评|考核(?!评价)|考试|评比|展演|展览|征集|编排|汇编|刊发|播放"
    r"|推出|选出|选定|遴选|聘请|聘任|任命|配强|调整充实|补选|改选|换届|挂职|跟班|蹲点|驻点|包[抓联保]|联系(?:点|到)|回访"
    r"|探视|陪护|托管|代管|监护(?=协议)|护送|接送|劝[返离阻]|告诉|劝学|复学|落户|办证|发证|参保|投保|理赔|报销|减免|退还|兑现"
    r"|查找(?!短板|不足|差距|问题|原因)|查明|查清|查封|取缔|关停|处置|处理(?!好)|处罚|曝光|约束|封堵|过滤|屏蔽|下架|删除|堵塞"
    r"|制成|绘制|标注|标明|注明|写明|讲清|讲透|教会|示范|传授|转化为(?=[^，]*(?:清单|项目|任务|制度))|分类施策|一户一|一人一|一校一|一案一"
    r"|直报|抄送|抄告|转送|转交|转办|交办|督办|销账|对账|结账|清账|算账|晾晒|倒查|追究|问效|摸底|起底"
)
# How often, how many: what can be counted can be checked.
_COUNTED = re.compile(
    r"[应愿能][^，。]尽[^，。]|\d%|马上|立即|立刻|当天|当日|至少|不少于|不低于|不超过|不得少于|不能少于|每(?:天|日|周|旬|半月|月|个月|季|季度|半年|年|学期|学年|村|校|镇|乡|站|点|户|所|个|名|场|次)"
    r"|一(?:周|月|季|季度)一|\d+(?:多|余)?(?:万|千|百)?(?:名|人|个|次|场|户|处|套|条|所|支|期|元|件|份|小时|学时|课时|天|间|家|座|张|册|辆|亩|平方米)"
)
# 原则同意……, 会议通过……: what was decided, not what is to be done.
_DECIDED = re.compile(r"^(?:会议)?(?:原则(?:上)?)?(?:同意|通过)(?!后)[^，；。]*")
# Words of will and spirit: what they say cannot be ticked off.
_ATTITUDE = re.compile(
    r"(?:不断|切实|进一步|始终|着力|充分|高度|牢固|自觉|持续)*(?:提高|提升|增强|强化|树牢|树立"
    r"|坚定|站稳|扛起|扛牢|压实|压紧|拧紧|夯实|凝聚|统一|汇聚|深化)[^，。]{0,24}(?:认识|站位"
    r"|意识|责任感|使命感|紧迫感|感|自觉|思想|共识|合力|责任|担当|信心|决心|能力|力量|观念"
    r"|理念|导向|责任落实|责任链条|组织领导|思想根基|保障)"
    r"|加强(?:组织)?领导|强化(?:组织|责任|政治|工作)[^，]{0,6}(?:领导|落实|担当|保障)?|坚持[^，]{1,40}"
    r"|做到(?![^，。]*(?:全覆盖|\d|[应愿能].尽))[^，。]{0,60}|营造[^，。]{0,40}(?:氛围|环境)|形成[^，。]{0,30}(?:合力"
    r"|氛围|格局|局面)|推动[^，。]{0,40}(?:发展|进步|上台阶|落地见效|走深走实)"
    r"|高(?:质量|标准|效率|站位)[^，。]{0,12}|深刻(?:认识|领会|理解|把握)[^，。]*|充分认识[^，。]*"
    r"|切实解决[^，。]*(?:最关心|急难愁盼|切身|实际)[^，。]*|贯彻落实[^，。]*(?:精神|决策部署"
    r"|重要论述|指示)|以[^，。]{2,30}(?:精神|作风|姿态|态度|标准|为抓手|为引领|为指导)[^，。]*"
    r"|(?:充分|积极|切实|更好)?发挥[^，。]{0,30}(?:作用|优势|职能|力量)|(?:认真|全面|切实|忠实)?履行[^，。]{0,16}(?:职责|职能|责任|使命)"
    r"|当好[^，。]*|争当[^，。]*|勇(?:挑|担)[^，。]*|扛起[^，。]*|担起[^，。]*|作(?:出)?表率|走在前(?:列)?"
    r"|高度重视|(?:狠抓|抓好|抓实|抓紧|推动)?(?:贯彻)?落实(?:到位|见效|落地|好)?$|落到实处|落细落实|抓出实效|取得实效|(?:扎实|全力|统筹|协同|深入|稳步|有序|有力|科学|持续|大力)推进[^，。]*"
    r"|突出重点|提质增效|提高质量|加强(?:沟通|协作|协调|配合|联动|合作|交流|联系)[^，。]{0,12}|打破壁垒|(?:信息|资源)共享|互通有无|形成[^，。]*闭环"
    r"|正视[^，。]*|举一反三|引领[^，。]*|引导[^，。]{2,16}(?:听党话|跟党走)|跟党走|展现[^，。]*|心系[^，。]*|弘扬[^，。]*|讲好[^，。]*故事|传播[^，。]*(?:声音|正能量)"
    r"|(?:狠)?下(?:真|大|苦)?功夫|用心用情[^，。]*|把[^，。]{2,20}当(?:作|成)[^，。]*|追究[^，。]{0,8}责任[^，。]*|严肃[^，。]{0,6}(?:追责|问责|处理)[^，。]*|件件有着落|事事有回音|立行立改|真改实改"
    r"|不折不扣[^，。]*|(?:紧盯|紧扣|锚定|瞄准|围绕)[^，。]{0,16}(?=$|[，。；])|服务[^，。]{0,8}(?:大局|发展|中心)[^，。]*|(?:解放|转变)[^，。]{0,8}(?:思想|作风|观念)"
    r"|让[^，。]{2,}|(?:把|将)[^，。]{2,40}(?:纳入|列入|摆上)(?:重要)?(?:议事|工作)?日程[^，。]*|(?:大力|广泛|深入)?宣传[^，。]{0,16}(?:典型|意义|精神)|加强[^，。]{0,6}引导|精心(?:组织|部署|准备|谋划)|周密(?:部署|安排)|务求[^，。]*|心往一处想|劲往一处使"
    r"|(?:圆满|全面|如期|高质量)?完成(?:好)?(?:各项|全年|既定)[^，。]{0,8}(?:任务|目标)|(?:任务|目标)[^，。]{0,4}圆满完成|(?:努力)?(?:打造|建设)(?:一支)?[^，。]*队伍|以[^，。]{2,30}(?:勇气|韧劲|劲头|决心|毅力|干劲|责任感|使命感|紧迫感|状态|为契机)[^，。]*|再(?:鼓|添|加|接)[^，。、]{0,6}"
    r"|拿出[^，。]{0,12}(?:劲头|干劲|勇气|决心|担当)[^，。]*|鼓足干劲|铆足[^，。]*|拧成[^，。]*|携手[^，。]*|共同(?:努力|奋斗|推动|当好|守护)[^，。]*"
    r"|(?:多|常|勤)(?:沟通|联系|交流|协调)[^，。]*|随时[^，。]{0,8}(?:说|沟通|联系)"
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
    r"|基本(?!公共|国策|情况)|意义|之年|关键期|机遇|挑战)"
)
# 甲是第一责任人; 到现在只完工了11个.
_STANDS = re.compile(
    r"(?:使命光荣|责任重大|意义(?:重大|深远)|任重(?:而)?道远|值得(?:推广|肯定|借鉴))[。；，！]?|^[^，。]{2,40}是[^，。]{0,24}(?:责任人|责任主体|责任单位)|距(?:离)?[^，。]{2,10}(?:不到|仅|只有|还有)|(?:到现在|目前|截至)[^，。]{0,12}(?:只|仅|才|尚|还)"
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
    parts = [_DECIDED.sub("", _ATTITUDE.sub("", clause.text)) for clause in clauses(Stretch(text, 0))]
    act = next((match for part in parts if (match := CONCRETE.search(part))), None)
    deed = next((match for part in parts if (match := _DEED.search(part) or _COUNTED.search(part))), None)
    says_more = any(_says_something(part, names) for part in parts)
    mark = LIST_MARK.match(sentence.text)
    is_heading = mark and not lead and not has_deadline and is_slogan(text)
    is_told = (
        _is_statement(text)
        and not (mark and mark[0].endswith("要"))
        and not (lead and (has_deadline or text.startswith(("由", "请"))))
    )
    grounds = (
        (is_heading, False, "四字句标题"),
        (is_told, False, "陈述情况"),
        (lead and (act or has_deadline or says_more), True, "写明了责任单位"),
        (has_deadline and (act or says_more), True, "写明了期限"),
        (act, True, f"写明了做法（{act[0]}）" if act else ""),
        (deed, True, f"写明了做法或数量（{deed[0]}）" if deed else ""),
        (True, False, "没有写明做什么"),
    )
    is_actionable, why = next((verdict, why) for holds, verdict, why in grounds if holds)
    return Asked(is_actionable, why, lead, helping, groups)


_FILLING = re.compile(
    r"各[^，。]{0,12}(?=要|须|应)|(?:要|须|应|应当|需|必须|务必|确保|力争|进一步|切实|不断|持续|始终|积极|认真|主动|全面|深入|着力|继续|更加|真正|大力|坚决|充分|共同|同时|也|都|还)"
)


def _says_something(clause: str, names: Names) -> bool:
    """Whether a clause, words of will taken out, still says what to do: four characters behind who and how."""
    text = clause.strip("，；。：！？、“” ")
    if subject := subject_units(text, names):
        text = text[subject.end("units") :]
    return len(_FILLING.sub("", text).strip("，；。：！？、“” ")) >= 4


def is_slogan(text: str) -> bool:
    """摸清底数，找准短板: clauses of a few characters, as headings of items are."""
    return all(len(part) <= 6 for part in re.split(r"[，。；、！]", text) if part)


def _is_statement(text: str) -> bool:
    """Whether a sentence tells how things are: no modal, and its first clauses are no imperative."""
    if SEEN.match(text) or _STANDS.search(text):
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
            helping += _companions(joined, text[2:], names)
            continue
        by = re.match(r"^[^，]{0,40}?由(?P<units>[^，。；]{2,60}?)(?:等(?:单位|部门)?)?(?:负责)?(?:牵头|负责)", text)
        subject = by or subject_units(text, names) or _by_somebody(text, names)
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
        helping += _joining(rest, names)
    for label in _LABEL.finditer(sentence.text):
        units = names.listed(label["units"])
        if label["label"].startswith(("配合", "协办")):
            helping += units
        else:
            lead += units[:1] if not lead else []
            helping += units
    lead = list(dict.fromkeys(lead))
    return tuple(lead), tuple(dict.fromkeys(unit for unit in helping if unit not in lead))


def _joining(rest: str, names: Names) -> list[str]:
    """Who joins in, behind the leading unit: 会同县公安局……, 牵头、县民政局配合. 设立联合调解室 joins nobody."""
    found = [unit for joined in _AFTER_LEAD.finditer(rest) for unit in names.listed(joined["units"])]
    for mark in re.finditer(r"(?:^|[，、要须应将并头责])(?:会同|联合|协同|配合)", rest):
        found += _companions(_JOINED.match(rest[mark.end() - 2 :]), rest[mark.end() :], names)
    return found


def _companions(joined: re.Match[str] | None, behind: str, names: Names) -> list[str]:
    """The units behind 会同 and its like: up to a word that ends them, else name by name."""
    head = subject_units(behind, names)
    return (names.listed(joined["units"]) if joined else []) or (names.listed(head["units"]) if head else [])


def _by_somebody(text: str, names: Names) -> re.Match[str] | None:
    """教案由县妇联统一做: units behind 由 within a clause."""
    for by in re.finditer(r"(?<![理自事缘经])由", text):
        if found := subject_units(text[by.end() :], names):
            return re.match(rf"^.{{{by.end()}}}(?P<units>{re.escape(found['units'])})", text)
    return None


# 县妇联 within 县妇联权益部, 县委 within 县委组织部 and 县教育局 within 县教育局局长 are no subjects.
_GOES_ON = re.compile(
    rf"^(?:{SUFFIX}|公室|的|、|和|与|及|等|[\u4e00-\u9fff]{{1,4}}(?:部(?!门)|科|股|室|队|所|处|庭)(?![\u4e00-\u9fff]{{0,3}}(?:内|里))"
    r"|[^，。]{0,4}?(?:局长|主任|主席|书记|院长|校长|科长|股长|部长|负责人|负责同志|主要领导|分管领导|联络员|班子|干部|党组|同志))"
)
_PREFIX = re.compile(
    r"^(?:请|由|责成|责令)?(?P<units>(?:[县市区州省旗团乡镇]|[\u4e00-\u9fff]{1,3}(?:镇|乡|街道))[^，。；：]{1,60})"
)


def subject_units(text: str, names: Names) -> re.Match[str] | None:
    """The units that a clause begins with: tried at each word that may follow a subject, then name by name."""
    return _before_a_verb(text, names) or _at_the_head(text, names)


def _at_the_head(text: str, names: Names) -> re.Match[str] | None:
    """县财政局从……中安排: the shortest list of units at the beginning that nothing carries on."""
    if not (head := _PREFIX.match(text)):
        return None
    words = head["units"]
    for end in range(2, min(len(words), 60)):
        if words[end - 1] in "、，和与及" or _GOES_ON.match(words[end:]):
            continue
        if names.listed(words[:end]):
            return re.match(rf"^(?:请|由|责成|责令)?(?P<units>{re.escape(words[:end])})", text)
    return None


def _before_a_verb(text: str, names: Names) -> re.Match[str] | None:
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
