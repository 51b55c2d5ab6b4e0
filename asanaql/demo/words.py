"""The words that the demo workspace is written in. Everybody and everything in here is invented."""

from __future__ import annotations

PEOPLE = (
    "Ines Okafor",
    "Tomasz Wiśniowski",
    "Maya Lindqvist",
    "Rafael Quintão",
    "Aiko Hanamura",
    "Bram de Wael",
    "Núria Castellví",
    "Oluwaseun Adeyombo",
    "Grete Õispuu",
    "山川 陽菜",
    "Pádraig Ó Dubhlinn",
    "Leila Farahzad",
    "Jonas Müllerhof",
    "ليلى النجارية",
    "Sioned Llywarch",
    "Kwame Boatengson",
    'Beatriz "Bia" Andorinha',
    "Emil Østergård-Lie",
    "Zeynep Karaağaçlı",
    "D'Arcy Penhallow",
)

TEAMS = ("Engineering", "Marketing & Växt", "Operations", "People 🌱")

SECTIONS = ("Backlog", "To do", "In progress", "Review", "Done ✅", "Blocked", "Ideas", "Später")

VERBS = ("Draft", "Review", "Ship", "Measure", "Rename", "Untangle", "Book", "Compare", "Translate", "Prepare")

THINGS = (
    "the launch plan",
    "invoice export",
    "the façade mock-ups",
    "onboarding mail",
    "search ranking",
    "the Zürich contract",
    "release notes",
    "error budget",
    "a cache for images",
    "the quarterly survey",
    "vendor list",
    "sign-up form",
    "the data room",
    "printer in room 4",
)

ODD_NAMES = (
    "Naïve coöperation – déjà vu",
    "予算を確認する",
    "🚀 Launch 🚀 day",
    "مراجعة العقد",
    'Say "hello", then leave',
    "It's 100% done; really",
    "tabs\tand\nnewlines",
    "  leading and trailing  ",
    "Ünïcödé ΑΒΓ слово",
    "-- not a comment",
    "null",
    "ß, ẞ and ﬁ",
    "👩‍👩‍👧 family day",
    "e\u0301 (combining) and é",
    "",
)

NOTES = (
    "",
    "",
    "See the plan.\nThen ask again.",
    'Quoted "words" & <angles>',
    "Ligne un\r\nligne deux\n\n– fin",
    "二行目\nです",
    "Costs 12,50 € (about)",
    "A line with a \\ backslash and a 'quote'",
)

COMMENTS = (
    "Looks good to me.",
    "Could somebody check the numbers?",
    "Done, moving on 🎉",
    "Ça marche, merci !",
    "I would rather wait\nuntil Monday.",
    "賛成です",
)

TAGS = ("urgent", "later", "customer", "été", "緊急", 'needs "quotes"', "🔥", "unused")

PORTFOLIOS = ("Company bets", "Platform", "Nested: smaller bets", "Somebody else's")

GOALS = (
    "Answer support within a day",
    "Cut hosting costs by 20%",
    "Open the Zürich office",
    "Publish twelve case studies",
    "Hire four engineers",
    "Make sign-up painless",
    "Goal without metric",
)
