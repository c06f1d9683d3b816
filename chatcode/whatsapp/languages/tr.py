"""Turkish: the verb comes last and takes "you" as an ending."""

from __future__ import annotations

from ..language import Language

_PERSONS = "(?:kişisini|kişilerini|adlı kişiyi|adlı kişileri)"
_CHANGED = "(?:değiştirdi|değiştirdiniz|değiştirdin|sildi|sildiniz|güncelledi|güncellediniz)"
_BY_LINK = (
    "(?:(?:[Bb]u )?[Gg]rubun davet bağlantısını kullanarak|(?:[Bb]u )?[Gg]rubun davet bağlantısıyla|"
    "(?:bir )?grup bağlantısı(?:nı)? kullanarak|grup bağlantısıyla|topluluk üzerinden|topluluktan)"
)
_WHO = "(?:<who>,? )?"

TURKISH = Language(
    code="tr",
    you=("siz", "sen", "sizi", "seni"),
    conjunctions=("ve",),
    others=r"(?:diğer )?\d+ (?:diğer )?kişi(?:yi)?(?: daha)?",
    tap=r".*\b(?:dokunun|tıklayın|edinin|ekle)\b",
    notices=(
        ("encryption", r".*uçtan uca şifrele?.*"),
        ("other", r"<whom> ile (?:aranızdaki )?güvenlik kod(?:u|unuz) değişti"),
        ("created", "<who>,? <name> grubunu oluşturdu"),
        ("created", f"{_WHO}(?:bu|Bu) grubu (?:oluşturdu|oluşturdunuz|oluşturdun)"),
        ("created", "<name> grubunu (?:oluşturdunuz|oluşturdun)"),
        ("subject", f"{_WHO}<name> olan (?:konuyu|grup adını|grup konusunu) <name> olarak {_CHANGED}"),
        (
            "subject",
            f"{_WHO}(?:konuyu|[Gg]rup adını|[Gg]rubun adını|grup konusunu|Konuyu) <name> olarak {_CHANGED}",
        ),
        (
            "subject",
            f"{_WHO}(?:konuyu|[Gg]rup adını|[Gg]rubun adını|Konuyu) <name>-?['’]?"
            f"(?:dan|den|tan|ten|yken|iken)? "
            f"<name>-?['’]?\\w* {_CHANGED}",
        ),
        ("subject", f"{_WHO}(?:konuyu|[Gg]rup adını|[Gg]rubun adını|Konuyu) {_CHANGED}"),
        ("icon", f"{_WHO}(?:[Bb]u )?(?:[Gg]rubun|[Gg]rup) (?:simgesini|resmini|fotoğrafını) {_CHANGED}"),
        ("description", f"{_WHO}(?:[Bb]u )?(?:[Gg]rubun|[Gg]rup) açıklamasını {_CHANGED}"),
        (
            "number_changed",
            "<who>,? telefon numarasını (?:<whom> olarak )?(?:yeni bir numara(?:yla|ya) )?değiştirdi",
        ),
        ("number_changed", "<who>,? yeni bir (?:telefon )?numara(?:ya|sına)? (?:geçti|sahip)"),
        ("number_changed", "<who>,? <whom> (?:olarak değişti|olarak değiştirildi|numarasına geçti)"),
        ("admin", "Artık (?:bir )?(?:grup )?yönetici(?:si)?siniz"),
        ("admin", "Artık (?:bir )?yönetici değilsiniz"),
        ("admin", "<whom> artık (?:bir )?(?:grup )?yönetici(?:si)?(?: değil)?"),
        ("admin", r"<who>,? bu gruba .*yönetici onayı.*"),
        ("admin", r".*yönetici onayı.*"),
        ("other", r".*\bgrub(?:un|u)? ayarlarını\b.*"),
        ("other", r".*\btopluluğ?[a-zğüşöçı]* (?:ekledi|çıkardı|kaldırdı).*"),
        ("joined", f"{_BY_LINK} (?:katıldınız|katıldın)"),
        ("joined", f"<who>,? {_BY_LINK} katıldı"),
        ("joined", "<who> (?:bu )?(?:gruba )?katıldı"),
        ("left", "<who> (?:gruptan )?ayrıldı"),
        ("left", "(?:Gruptan a|A)yrıldınız"),
        ("added", f"<who>, <whom> {_PERSONS} ekledi"),
        ("added", f"<whom> {_PERSONS} (?:eklediniz|ekledin)"),
        ("added", "<who>,? (?:sizi|seni) ekledi"),
        ("added", f"<who> <whom> {_PERSONS} ekledi"),
        ("added", "(?:Gruba e|E|Bu gruba e)klendiniz"),
        ("added", "<whom> (?:bu )?(?:gruba )?eklendi"),
        ("removed", f"<who>, <whom> {_PERSONS} (?:gruptan )?çıkardı"),
        ("removed", f"<whom> {_PERSONS} (?:gruptan )?(?:çıkardınız|çıkardın)"),
        ("removed", "<who>,? (?:sizi|seni) (?:gruptan )?çıkardı"),
        ("removed", f"<who> <whom> {_PERSONS} (?:gruptan )?çıkardı"),
        ("removed", "(?:Gruptan ç|Ç)ıkarıldınız"),
        ("removed", "<whom> (?:gruptan )?çıkarıldı"),
        ("call", r"Cevapsız (?:grup )?(?:sesli|görüntülü) (?:grup )?arama(?:sı)?(?:,? .*)?"),
        ("other", "<who>,? .*(?:açtı|kapattı|sabitledi|başlattı|değiştirdi|güncelledi|sıfırladı)"),
    ),
    files=("dosya ekli",),
    attached=("eklendi",),
    omitted=(
        "<Medya dahil edilmedi>",
        "<Medya atlanmış>",
        "görüntü dahil edilmedi",
        "video dahil edilmedi",
        "ses dahil edilmedi",
        "Çıkartma dahil edilmedi",
        "GIF dahil edilmedi",
        "belge dahil edilmedi",
        "görüntülü mesaj dahil edilmedi",
        "video notu dahil edilmedi",
    ),
    contacts=("Kişi kartı dahil edilmedi",),
    deleted=(r"Bu mesaj(?: yönetici(?: .*)? tarafından)? silindi", "Bu mesajı (?:sildiniz|sildin)"),
    edited=("Bu mesaj düzenlendi",),
    locations=("Konum",),
    live_locations=("Mevcut konum paylaşıldı", "canlı konum paylaşıldı"),
    polls=(("ANKET", "SEÇENEK"),),
    calls=(
        "Cevapsız sesli arama",
        "Cevapsız görüntülü arama",
        "Cevapsız sesli grup araması",
        "Cevapsız görüntülü grup araması",
        "Sesli arama",
        "Görüntülü arama",
    ),
)
