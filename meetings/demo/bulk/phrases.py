"""Made-up office prose of realistic length, put together from parts; the same seed gives the same texts."""

from random import Random

PLACES = (
    "",
    "",
    "",
    "",
    "全县",
    "县城区",
    "各乡镇场",
    "城关镇",
    "东川镇",
    "柳泉镇",
    "白石镇",
    "南坪乡",
    "北沟乡",
    "双桥乡",
    "寄宿制学校",
    "易地搬迁安置社区",
    "产业园区",
    "边远村组",
)
ACTS = (
    "排查",
    "核实",
    "建立",
    "完善",
    "修订",
    "印发",
    "组织开展",
    "督促落实",
    "汇总上报",
    "分析研判",
    "整改",
    "推进",
    "更新",
    "评估",
    "公布",
    "试点推广",
    "对账",
    "培训",
    "回访",
    "抽查",
)
MATTERS = (
    "孕产妇健康管理台账",
    "适龄妇女“两癌”检查",
    "婚前医学检查服务",
    "儿童近视防控",
    "留守儿童委托照护",
    "困境儿童分类保障",
    "义务教育控辍保学",
    "学校心理健康辅导",
    "校园周边安全设施",
    "未成年人网络保护",
    "家庭教育指导服务",
    "妇女就业创业技能培训",
    "女职工劳动保护专项集体合同",
    "农村妇女土地权益登记",
    "妇女参与村（居）民自治",
    "女干部培养选拔计划",
    "反家庭暴力联动处置",
    "婚姻家庭纠纷化解",
    "妇女儿童法律援助",
    "普惠托育服务供给",
    "儿童友好社区建设",
    "公共场所母婴设施",
    "农村饮水安全保障",
    "农村改厕后续管护",
    "性别统计监测数据",
    "政策法规性别平等评估",
    "流动儿童入学服务",
    "残疾儿童康复救助",
    "出生缺陷综合防治",
    "儿童免疫规划接种",
    "儿童意外伤害预防",
    "青春期健康教育",
    "女童保护宣讲",
    "孤儿和事实无人抚养儿童助学",
    "妇女之家活动阵地",
    "儿童活动场所开放",
    "儿童用品质量监督检查",
    "规划指标年度数据",
    "两规划终期评估自评材料",
    "成员单位联络员名单",
)
ENDS = (
    "工作",
    "情况",
    "专项行动",
    "长效机制",
    "责任清单",
    "实施办法",
    "数据比对",
    "问题清单",
    "年度报告",
    "中期小结",
    "短板弱项",
    "服务流程",
)
AIMS = (
    "做到底数清、情况明、措施实",
    "对照规划目标逐项找差距",
    "确保年底前达到时序要求",
    "形成可查可核的工作台账",
    "一项一策明确责任人和完成时间",
    "与相关部门数据核对一致",
    "把经费和人员落实到位",
    "不搞重复报表，能从系统取数的不再下发",
    "发现问题当场交办、限期销号",
    "典型做法总结后在面上推开",
)
DOING = (
    "已召开专题会研究，明确分管领导牵头",
    "已印发工作方案并分解到股室和乡镇",
    "组织业务培训{n}场，培训{m}人次",
    "入户走访{m}户，登记建档{n}份",
    "完成数据比对{m}条，核实差异{n}条",
    "与县统计局、县卫健委核对口径，差异原因已写明",
    "下发整改通知{n}份，已整改到位{k}处",
    "联合公安、司法、妇联开展检查{k}次，发现问题{n}个",
    "发放宣传资料{m}份，覆盖村（社区）{k}个",
    "落实专项经费{n}万元，支出进度过半",
    "建立月调度制度，对进展慢的{k}个乡镇逐一约谈",
    "完成现场核查{n}处，拍照留存",
    "服务对象满意度回访{n}户，无重大意见",
    "已完成招标，施工单位进场",
    "会同教育部门到{k}所学校检查，逐校反馈",
    "更新名单{n}人，变动情况已报办公室",
)
TROUBLES = (
    "个别乡镇上报数据不及时，口径不统一",
    "基层人员变动频繁，业务不熟",
    "资金拨付较慢，影响工程进度",
    "边远村组服务半径大，到检率偏低",
    "部门间数据不能自动交换，需人工核对",
    "部分家长外出务工，委托照护协议签订困难",
    "专业心理辅导教师缺编",
    "场所面积不足，暂借用其他单位用房",
    "需请办公室协调财政部门追加经费",
    "群众知晓率不高，宣传方式单一",
)
PLANS = (
    "下月底前完成剩余{k}个乡镇的核查",
    "对薄弱环节开展“回头看”",
    "组织一次联合督查，结果在系统中登记",
    "争取列入下年度预算",
    "对重点对象实行一人一档、按季回访",
    "汇总形成专题报告报送办公室",
    "配齐专（兼）职人员并开展岗前培训",
    "把成熟做法固定为制度",
)
NAMES = (
    ("开展培训", "场"),
    ("服务群众", "人次"),
    ("入户走访", "户"),
    ("检查学校", "所"),
    ("办结案件", "件"),
    ("建成场所", "处"),
)
PROOFS = (
    "印发的文件有文号",
    "台账覆盖全部对象",
    "数据与统计部门核对一致",
    "现场照片和检查记录齐全",
    "有单位负责人签字的总结",
    "问题清单全部销号",
)
STAGES = ("完成摸底", "印发方案", "完成半数任务量", "开展中期自查", "提交初步结果")
SECTIONS_OPENING = "同志们，做好妇女儿童工作，是各级各部门共同的责任。现就下一阶段工作讲几点意见。"


class Phrases:
    """Titles, contents and reports drawn with ``chance``."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def pick(self, words: tuple[str, ...]) -> str:
        return words[int(self._chance.random() * len(words))]

    def several(self, words: tuple[str, ...], least: int, most: int) -> str:
        """From ``least`` to ``most`` different phrases as one paragraph."""
        draw = self._chance.random
        start = int(draw() * len(words))
        count = least + int(draw() * (most - least + 1))
        chosen = [words[(start + 3 * place) % len(words)] for place in range(count)]
        return (
            "；".join(
                words.format(n=int(draw() * 90) + 3, m=int(draw() * 1900) + 20, k=int(draw() * 12) + 2)
                if "{" in words
                else words
                for words in chosen
            )
            + "。"
        )

    def title(self) -> str:
        return f"{self.pick(ACTS)}{self.pick(PLACES)}{self.pick(MATTERS)}{self.pick(ENDS)}"

    def content(self) -> str:
        """About 60 to 200 characters."""
        first = f"围绕{self.pick(MATTERS)}，由牵头单位{self.pick(ACTS)}{self.pick(PLACES)}相关{self.pick(ENDS)}。"
        return first + self.several(AIMS, 2, 5) + (self.several(PLANS, 1, 3) if self._chance.random() < 0.5 else "")

    def requirement(self) -> str:
        return f"要{self.pick(ACTS)}{self.pick(PLACES)}{self.pick(MATTERS)}{self.pick(ENDS)}，{self.pick(AIMS)}。"

    def done(self) -> str:
        """About 40 to 180 characters."""
        return self.several(DOING, 2, 6)

    def problems(self) -> str:
        """Two reports of five name one."""
        return self.several(TROUBLES, 1, 3) if self._chance.random() < 0.4 else ""

    def next_steps(self) -> str:
        return self.several(PLANS, 1, 3)
