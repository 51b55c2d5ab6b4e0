SELECT words AS "Wörter 予定 🎉", language
FROM (
    VALUES
        ('漢字とかな、全角', 'wide'),
        ('한국어 하', 'Hangul'),
        ('ﾊﾝｶｸ', 'half width'),
        ('éäô', 'combining'),
        ('Z͑ͫ̓a̴̡l͘g͠o҉', 'many combining'),
        ('👨‍👩‍👧‍👦 family', 'joined'),
        ('🇫🇷🇯🇵 flags', 'flags'),
        ('👍🏽👋🏿 hands', 'skin tones'),
        ('❤️ ☎️ 1️⃣', 'presented as emoji'),
        ('🏳️‍🌈 🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'more flags'),
        ('שלום עולם', 'Hebrew'),
        ('مرحبا بالعالم', 'Arabic'),
        ('ภาษาไทย', 'Thai'),
        ('नमस्ते', 'Devanagari'),
        ('a​b­c d', 'unseen'),
        ('…“quotes”—dash', 'punctuation'),
        ('漢字とかな、全角漢字とかな、全角漢字とかな、全角漢字とかな、全角漢字とかな', 'long'),
        ('🇫🇷🇯🇵🇩🇪🇫🇷🇯🇵🇩🇪🇫🇷🇯🇵🇩🇪🇫🇷🇯🇵🇩🇪🇫🇷🇯🇵🇩🇪🇫🇷🇯🇵🇩🇪', 'long')
) AS t (words, language)
