"""Who did what at a meeting: people with their posts, units that spoke, groups that attended."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from meetings.reading.draft import Found, Person, Role, UnitSpeaker
from meetings.reading.structure import Stretch, Text, clauses
from meetings.reading.units import SUFFIX, Names, is_group

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐"
    "于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝"
    "管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武"
    "符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古"
    "易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧利师巩聂关荆游权盖益桓公肖付闫帅亓仝佟麦涂苑逯展代海哈沙买帕热库努玛"
)
_COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "夏侯",
    "司徒",
    "司空",
    "端木",
    "呼延",
    "南宫",
)
_POST = (
    "书记|常委|委员|部长|主任|主席|县长|市长|州长|区长|旗长|镇长|乡长|场长|局长|院长|检察长"
    "|校长|园长|所长|站长|科长|处长|股长|司长|厅长|组长|团长|政委|秘书长"
    "|会长|召集人|理事长|董事长|经理|总经理|党组成员|党委成员|党工委成员|调研员|巡视员|主任科员|专员"
    "|负责人|负责同志|主要领导|分管领导|联络员|统计员|干部|代表|教导员|指导员|调解员|教授|副教授|专家|讲师|律师"
    "|医生|医师"
    "|护士长|教师|老师|队长|大队长|庭长|总监|助理|顾问|理事|领导|秘书|研究员|法官|检察官|警官"
    "|馆长|行长|工程师|督学|社工|成员(?!单位)|志愿者|班主任|主持人|副职|执委|常务委员"
)
_POST_END = re.compile(rf"(?:{_POST})(?:（[^（）]{{1,12}}）)?$")
# The last post noun of a segment that what may be a name follows.
_SPLIT = re.compile(rf"^(?P<post>.*(?:{_POST})(?:（[^（）]{{1,12}}）)?)(?P<name>[^、，]*)$")
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,10})+$")
_TAIL = re.compile(r"(?:同志|等(?:\d+人|人|同志|领导|一行)?|（[男女]?，?[\u4e00-\u9fff]{0,4}族?）)$")
_NO_NAME = re.compile(
    r"[的了在于和与及并就对向从把为是以]|会议|工作|讲话|报告|汇报|发言|主持|参加|出席|列席"
    r"|单位|部门|成员|领导|代表|分别|先后|依次|同志|人员|部分|全体|所有|各|有关|相关|宣读|传达"
    r"|通报|要|须|应|亲自|会$|队$"
)


def _act(pattern: str, roles: tuple[Role, ...], rule: str) -> tuple[re.Pattern[str], tuple[Role, ...], str]:
    return re.compile(pattern), roles, rule


# What people do, by the words of reports; the first that fits a clause holds. All are asked for the roles they add.
_ACTS = (
    _act(
        r"主持(?:了)?(?:本次|此次|这次)?(?:会议|大会|座谈会|反馈会)?并(?:作|做)?(?:了)?[^，。]{0,4}表态",
        (Role.CHAIR, Role.STANCE),
        "主持并表态",
    ),
    _act(
        r"主持(?:了)?(?:本次|此次|这次)?(?:会议|大会|座谈会|培训班?|推进会)?并(?:作|做)?(?:了)?(?:[\u4e00-\u9fff]{0,4})"
        r"(?:讲话|发言|总结|部署)",
        (Role.CHAIR, Role.SPEECH),
        "主持并讲话",
    ),
    _act(
        r"主持(?:召开)?(?:了)?(?:[^，。]{0,40}(?:会议|大会|座谈会|推进会|培训班?|开班式|仪式|[^，。]会)|$|[，。；])",
        (Role.CHAIR,),
        "主持会议",
    ),
    _act(r"(?:代表[^，。]{2,30})?(?:作|做)(?:了)?(?:[^，。]{0,40}?)(?:述职报告|述职)", (Role.DUTY_REPORT,), "述职"),
    _act(r"述职", (Role.DUTY_REPORT,), "述职"),
    _act(
        r"(?:作|做)(?:了)?[^，。]{0,30}?表态发言|表态发言|(?:作|做)(?:了)?[^，。]{0,10}表态",
        (Role.STANCE,),
        "表态发言",
    ),
    _act(
        r"(?:作|做)(?:了)?[^，。]{0,40}?(?:辅导|授课|培训|讲座|专题讲解)|(?:现场|专题)?授课|进行(?:了)?[^，。]{0,30}"
        r"(?:培训|辅导|授课|讲解)|讲授",
        (Role.TRAINING,),
        "授课",
    ),
    _act(r"(?:开展|组织|举办)(?:了)?[^，。]{0,40}(?:培训|辅导|授课|讲解)", (Role.TRAINING,), "开展培训"),
    _act(
        r"(?:作|做|进行)(?:了)?[^，。]{0,40}?(?:交流|典型|经验|书面|大会)(?:交流|介绍)?发言|(?:作"
        r"|做|进行)(?:了)?[^，。]{0,40}?(?:经验介绍|经验交流|交流)|交流(?:了)?(?:发言|经验|[^，。]{0,16}(?:做法"
        r"|经验))|(?:发言|介绍了[^，。]{0,20}(?:做法|经验))$|(?:作|做)(?:了)?(?:[^，。]{0,30})发言"
        r"|先后发言|分别发言|介绍(?:了)?[^，。]{0,24}(?:做法|经验|情况)",
        (Role.EXCHANGE_SPEECH,),
        "交流发言",
    ),
    _act(
        r"(?:作|做)(?:了)?[^，。]{0,60}?(?:解读|说明)|解读(?:了)?|(?:进行|作)(?:了)?[^，。]{0,20}(?:解读"
        r"|说明)|对[^，。]{2,60}(?:进行|作)(?:了)?(?:[^，。]{0,6})(?:解读|说明)",
        (Role.INTERPRET,),
        "解读",
    ),
    _act(r"宣读(?:了)?|传达(?:学习)?(?:了)?|领学(?:了)?|宣布(?:了)?", (Role.READ_OUT,), "宣读"),
    _act(r"(?:作|做)(?:了)?[^，。]{0,60}?(?:工作报告|工作汇报|报告)", (Role.WORK_REPORT,), "工作报告"),
    _act(
        r"(?:总结|回顾)(?:了)?[^，。]{2,40}(?:工作|情况)|(?:部署|安排)(?:了)?[^，。]{2,30}(?:工作|任务)",
        (Role.WORK_REPORT,),
        "总结部署工作",
    ),
    _act(
        r"通报(?:了)?|汇报(?:了)?|(?:作|做)(?:了)?[^，。]{0,40}?(?:通报|汇报)|反馈(?:了)?",
        (Role.BRIEFING,),
        "通报汇报",
    ),
    _act(
        r"(?:作|做|发表)(?:了)?[^，。]{0,16}?(?:讲话|总结|动员|部署)|并讲话|(?:出席|到会)[^，。]{0,16}(?:讲话"
        r"|致辞)|致辞|讲话$",
        (Role.SPEECH,),
        "讲话",
    ),
    _act(
        r"(?:到|赴|来|莅临|深入)[^，。]{1,24}(?:督导|调研|检查|指导|评估|督查)",
        (Role.ATTEND,),
        "到……督导",
    ),
    _act(
        r"(?:参加|出席|列席)(?:了)?(?:本次|此次|这次|[^，。]{0,8})?(?:会议|大会|座谈会?|培训班?"
        r"|推进会|活动)|(?:参加|出席|列席)(?:了)?$|参会$|到会(?:指导|$)",
        (Role.ATTEND,),
        "参加会议",
    ),
)
_HEARD = re.compile(
    r"听取(?:了)?(?P<who>[^，。；]{2,80}?)(?:关于|就|对|所作的|作的|的)[^，。；]{0,40}(?:汇报"
    r"|通报|报告|发言|意见)"
)
_BY = re.compile(r"(?:会议|大会|座谈会|推进会|培训班?)?由(?P<who>[^，。；]{2,80}?)主持")
# Where the subject ends before the act: adverbs, objects put first, the words 代表 and 围绕.
_SUBJECT_END = re.compile(
    r"分别|先后|书面|在(?=[^，。]{2,24}主持)|依次|逐一|围绕|结合|紧扣|聚焦|(?<!成)就(?!业)"
    r"|对(?!外)|代表(?=[^，。、]{2,20}(?:作"
    r"|做|向|宣读|通报|汇报))|在会上|会上|现场|出席|列席|参加|参会|主持|作了|做了|作(?!者)|做|宣读"
    r"|传达|领学|解读|通报"
    r"|汇报|讲话|致辞|发言|述职|表态|交流|介绍|并|还|随后|带领|到会|一行|(?:到|赴|莅临)(?=[^，。]{1,24}(?:督导|调研|检查|指导|评估|督查))|应邀|受邀|从|以|向(?![\u4e00-\u9fff]{1,2}(?:主持|出席|到会|宣读|通报|传达|解读|讲话|致辞|总结|作|分别|、|，|$))|为|进行"
    r"|讲授|授课|反馈|宣布|发表|开展|总结(?!会)|回顾|部署(?!会)|安排"
)
_LEAD = re.compile(
    r"^(?:会上|会议上|会前|会后|会中|会议期间|当天|同日|随后|接着|最后|首先|期间|座谈中|培训中"
    r"|会议还?|活动中|[^，]{0,12}会上|其中|据悉|期间|副主任单位|根据会议安排|按照会议安排|按照(?:会议)?议程"
    r"|刚才|此前|之前|来自|(?:培训|会议|活动|本次培训|此次培训)?(?:还)?(?:特别)?(?:邀请|特邀)(?:了)?)[，,]?"
)
_UNIT_END = re.compile(r"..(?:镇|乡|局|委|办|院|联|会|街道|社区|中心|学校|公司|部|县|区)$")
_GROUP_POST = re.compile(
    r"(?:各|全体|有关|相关|全县|全市|全区|部分)|(?:成员单位|单位|部门|乡镇|街道|学校|社区)[^、，]{0,8}?(?:主要领导"
    r"|分管领导|主要负责人|负责人|负责同志|联络员|统计员|委员|代表|主席|干部)$"
)
_LABEL_ROLES = {"主持": Role.CHAIR, "出席": Role.ATTEND, "参加": Role.ATTEND, "列席": Role.ATTEND, "参会": Role.ATTEND}


@dataclass(frozen=True, slots=True)
class Named:
    """A person in a list, with the posts that stand before the name."""

    name: str
    posts: tuple[str, ...]
    place: Stretch


@dataclass(slots=True)
class Cast:
    """All who were found so far."""

    people: dict[str, Person]
    units: list[UnitSpeaker]
    groups: list[Found]


def cast(text: Text, names: Names) -> Cast:
    """Everybody of a text who is said to have done something at the meeting, and who stands under a speech's title."""
    found = Cast({}, [], [])
    for line in text.byline:
        for named in _with_brackets(line):
            _note(text, line, named, (Role.SPEECH,), "讲话人署名", found)
        _credit(text, line, (Role.SPEECH,), "讲话人署名", names, found)
    for key, role in _LABEL_ROLES.items():
        if label := text.labels.get(key):
            if bracketed := list(_with_brackets(label)):
                for named in bracketed:
                    _note(text, label, named, (role,), f"标签“{key}：”", found)
                continue
            _credit(text, label, (role,), f"标签“{key}：”", names, found)
    for paragraph in text.paragraphs:
        if paragraph.kind == "label":
            continue
        for sentence in paragraph.sentences:
            _sentence(text, sentence, names, found)
    return found


def _sentence(text: Text, sentence: Stretch, names: Names, found: Cast) -> None:
    """The acts of a sentence, each with who did it; an act without a subject is the last subject's."""
    before: list[Stretch] = []  # clauses that may be the beginning of a list of people
    last: Stretch | None = None
    for clause in clauses(sentence):
        bare = clause.text.rstrip("，；。：！？")
        if by := _BY.search(bare):
            _credit(text, clause.part(by.start("who"), by.end("who")), (Role.CHAIR,), "由……主持", names, found)
            continue
        if heard := _HEARD.search(bare):
            _credit(
                text, clause.part(heard.start("who"), heard.end("who")), (Role.BRIEFING,), "听取……汇报", names, found
            )
            continue
        # 宣读《……的通报》 is no 通报: what stands in a title is nobody's act.
        plain = re.sub(r"《[^》]*》", lambda title: "《" + "〇" * (len(title[0]) - 2) + "》", bare)
        acts = [(match, roles, rule) for pattern, roles, rule in _ACTS if (match := pattern.search(plain))]
        if not acts:
            before.append(clause)
            continue
        subject = _subject(clause, bare)
        if subject is None:
            subject = last
        elif before and (earlier := _joined(before, names)):
            subject = Stretch(text.plain[earlier.start : subject.end], earlier.start)
        before = []
        if subject is None:
            continue
        match, roles, rule = acts[0]
        credited = list(roles)
        for other, more, _rule in acts[1:]:
            # 出席会议并讲话 is one act; 主持会议并宣读 are two.
            if more != (Role.ATTEND,) and other.start() >= match.end():
                credited += more
        _credit(text, subject, tuple(credited), rule, names, found)
        last = subject


def _subject(clause: Stretch, bare: str) -> Stretch | None:
    """What stands before the act, without words of time; None where nothing does."""
    lead = _LEAD.match(bare)
    start = lead.end() if lead else 0
    rest = bare[start:]
    depth = 0
    for place, char in enumerate(rest):
        depth += (char in "《“（") - (char in "》”）")
        if depth == 0 and _SUBJECT_END.match(rest, place):
            subject = clause.part(start, start + place)
            return subject if subject.text.strip("，、") else None
    return None


def _joined(before: list[Stretch], names: Names) -> Stretch | None:
    """The clauses just before that are nothing but people, groups or units: the beginning of the list."""
    first: Stretch | None = None
    for clause in reversed(before):
        bare = clause.text.rstrip("，；。：！？")
        lead = _LEAD.match(bare + "，")
        if lead and lead.end() >= len(bare):
            break
        start = lead.end() if lead else 0
        piece = clause.part(start, len(bare))
        is_list = any(people_in(piece)) or bool(names.listed(piece.text))
        if not is_list and not _is_group_list(piece.text) and not _is_posts(piece.text):
            break
        first = piece
        if start:
            break
    return first


def _is_group_list(text: str) -> bool:
    return bool(_GROUP_POST.search(text)) and bool(
        _POST_END.search(text) or re.search(r"(?:成员|人员|领导|职工)$", text)
    )


def _is_posts(text: str) -> bool:
    """Whether a text is nothing but posts, whose name comes after the next comma."""
    return all(_POST_END.search(part) and not _GROUP_POST.search(part) for part in text.split("、"))


def people_in(stretch: Stretch) -> Iterator[Named]:
    """The people of a list such as 县委副书记、县长甲，副县长乙: posts before a name are that person's."""
    posts: list[str] = []
    at = 0
    for segment in re.split(r"([、，；\s]+|(?<=[\u4e00-\u9fff])和(?=[\u4e00-\u9fff]))", stretch.text):
        start, at = at, at + len(segment)
        bare = _TAIL.sub("", segment.strip())
        if not bare or re.fullmatch(r"[、，；\s和]+", segment):
            if "；" in segment:
                posts = []
            continue
        split = _SPLIT.match(bare) or _of_unit(bare)
        name = split["name"] if split else bare
        post = split["post"] if split else ""
        if split and not name:
            if not (bare[0] in _SURNAMES and re.fullmatch(rf".(?:{_POST})", bare)):  # 何主席
                posts.append(bare)
        elif is_name(name, after_post=bool(post or posts)):
            if post:
                posts.append(post)
            yield Named(
                name, tuple(posts), stretch.part(start + segment.rfind(name), start + segment.rfind(name) + len(name))
            )
            posts = []
        else:
            posts = []


def _with_brackets(label: Stretch) -> Iterator[Named]:
    """The people of 甲（县教育局）、乙（县民政局局长）; nobody where a bracket is missing."""
    at = 0
    for piece in re.split(r"([、，；\s]+)(?![^（]*）)", label.text):
        start, at = at, at + len(piece)
        match = re.fullmatch(r"(?P<name>[^（）、，；]{2,12})（(?P<posts>[^（）]{2,40})）", piece)
        if match and is_name(match["name"], after_post=True):
            posts = tuple(post for post in match["posts"].split("、") if post)
            yield Named(match["name"], posts, label.part(start, start + match.end("name")))


def _of_unit(text: str) -> re.Match[str] | None:
    """县教育局甲某某: a unit and a name, as lists of attendance have them."""
    match = re.match(rf"^(?P<post>[\u4e00-\u9fff]{{0,20}}(?:{SUFFIX}))(?P<name>[\u4e00-\u9fff·]{{2,12}})$", text)
    return match if match and match["name"][0] in _SURNAMES and is_name(match["name"], after_post=True) else None


def is_name(text: str, *, after_post: bool) -> bool:
    """Whether a text is a person's name; without a post before it only with a surname or a dot."""
    if _DOTTED.fullmatch(text):
        return True
    if (
        not 2 <= len(text) <= 6
        or not re.fullmatch(r"[\u3400-\u9fff\U00020000-\U000323af]+", text)
        or _NO_NAME.search(text[1:] if after_post and len(text) < 4 and text[0] in "于和向从" else text)
    ):
        return False
    if re.fullmatch(r"[小老].", text) or _POST_END.search(text) or is_group(text) or _UNIT_END.search(text):
        return False
    if text[:2] in _COMPOUND:
        return 3 <= len(text) <= 4
    if text[0] in _SURNAMES:
        return len(text) <= 3 or (after_post and len(text) <= 6)
    return after_post


def _credit(text: Text, subject: Stretch, roles: tuple[Role, ...], rule: str, names: Names, found: Cast) -> None:
    """Note people, units and groups of a subject with their roles."""
    persons = list(people_in(subject))
    for named in persons:
        _note(text, subject, named, roles, rule, found)
    if persons:
        return
    speaking = [role for role in roles if role not in {Role.ATTEND, Role.CHAIR}]
    # 排名靠后的市医保局: what is said of the first is not its name.
    units = names.listed(_without_posts(re.sub(r"^[^、，]{2,24}的(?=[\u4e00-\u9fff])", "", subject.text)), areas=True)
    if speaking == [Role.TRAINING] and rule == "开展培训" and not _OF_UNIT.search(subject.text):
        return  # who holds a training need not have spoken
    if speaking:
        for unit in units:
            place = subject.start + subject.text.find(unit)
            what = text.found(Stretch(unit, place), rule)
            found.units.append(UnitSpeaker(what.text, speaking[0], what))
    elif Role.ATTEND in roles:
        found.groups += [text.found(piece, rule) for piece in _groups(subject)]


def _note(text: Text, subject: Stretch, named: Named, roles: tuple[Role, ...], rule: str, found: Cast) -> None:
    """Somebody with posts and roles, added to what is known of that name."""
    name = text.words(named.name, subject)
    known = found.people.setdefault(name, Person(name))
    posts = [text.words(post, subject) for post in named.posts]
    known.posts += [post for post in posts if post not in known.posts]
    spoke = [role for role in roles if role is not Role.ATTEND]
    for role in spoke or roles:
        if role not in known.roles:
            known.roles.append(role)
    known.found.append(text.found(named.place, rule))


_OF_UNIT = re.compile(r"(?:负责人|负责同志|代表|业务骨干)$")


def _without_posts(text: str) -> str:
    """县教育局负责人、县民政局主要领导 speak for their units."""
    return re.sub(r"(?:主要|分管|有关|相关)?(?:负责人|负责同志|领导|代表|联络员|同志)(?=、|，|和|$|等)", "", text)


def _groups(subject: Stretch) -> Iterator[Stretch]:
    """The groups of who attended, parted at commas."""
    at = 0
    for piece in re.split(r"([，；])", subject.text):
        start, at = at, at + len(piece)
        bare = piece.strip("，；等 ")
        if len(bare) > 2:
            yield subject.part(start + piece.find(bare), start + piece.find(bare) + len(bare))
