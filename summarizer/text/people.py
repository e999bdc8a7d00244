"""Names of people as bylines write them: a surname, then one or two more characters."""

import re

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏锺钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚"
    "文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶"
    "刁瞿戚丘古米池滕晋苑邬臧畅宫苟褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗巫鞠僧桑荆谌银扬沙伏岑习胥保蔺云闫肖付仝亓逯逄幸晁贡"
    "鹿浦鲜郗豆缑储谌阚逢訾尧闻隗仉笪荀佘明慕冶刀缪亢雒禄"
)
"""Surnames of one character in common use, most frequent first."""

SURNAME = f"(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|[{_SURNAMES}])"
PERSON = SURNAME + r"(?:\ ?[\u4e00-\u9fff]|[\u4e00-\u9fff]{2})"
"""A surname and one or two more characters; a name of two may be set with a space (`张 磊`)."""

PEOPLE = rf"{PERSON}(?:[、,，/]?\s*{PERSON})*"
"""One name or several, as a byline lists them."""

_PERSON = re.compile(PERSON)
_DOTTED = re.compile("[\u4e00-\u9fff]{1,7}·[\u4e00-\u9fff]{1,8}")
"""A name and a father's name: 买买提江·吐逊."""
_PEOPLE = re.compile(PEOPLE)


def people(text: str) -> tuple[str, ...]:
    """The names that `text` consists of, each without inner space; empty where it is anything else.

    A text is split at its separators first, so that `刘静 王婧` is two names although `刘静王` could be one.
    """
    words = [w for w in re.split(r"[、,，/\s]+", text.strip()) if w]
    if words and all(_PERSON.fullmatch(w) or _DOTTED.fullmatch(w) for w in words):
        return tuple(words)
    if _PEOPLE.fullmatch(text.strip()):
        return tuple(name.replace(" ", "") for name in _PERSON.findall(text))
    return ()
