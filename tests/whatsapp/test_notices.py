"""Each line below is a notice as a phone in that language writes it, and what it says."""

from __future__ import annotations

import pytest

from chatcode.domain import NOTICE_EVENTS
from chatcode.whatsapp.languages import LANGUAGES
from chatcode.whatsapp.names import split_names
from chatcode.whatsapp.notices import read_notice

Row = tuple[str, str, "str | None", tuple[str, ...]]

SAID: dict[str, list[Row]] = {
    "nl": [
        ("Berichten en gesprekken worden end-to-end versleuteld. Niemand buiten deze chat kan ze lezen of "
         "beluisteren, zelfs WhatsApp niet. Tik voor meer informatie.", "encryption", None, ()),
        ("Uw oproepen en berichten zijn beveiligd met end-to-end encryptie. Dit houdt in dat WhatsApp en derde "
         "partijen ze niet lezen of beluisteren.", "encryption", None, ()),
        ('Marga heeft groep "Wijk" aangemaakt', "created", "Marga", ()),
        ('U hebt de groep "Wijk" gemaakt', "created", None, ()),
        ("Je hebt deze groep gemaakt", "created", None, ()),
        ("Marga heeft Jan, Piet en Ravi toegevoegd", "added", "Marga", ("Jan", "Piet", "Ravi")),
        ("U hebt Jan toegevoegd", "added", None, ("Jan",)),
        ("Marga heeft u toegevoegd", "added", "Marga", ()),
        ("Marga heeft je toegevoegd", "added", "Marga", ()),
        ("Jan is toegevoegd", "added", None, ("Jan",)),
        ("U bent toegevoegd", "added", None, ()),
        ("Jan neemt deel via Marga uitnodiging", "added", "Marga", ("Jan",)),
        ("Jan is deelnemer geworden via de uitnodigingslink van deze groep", "joined", "Jan", ()),
        ("U bent deelnemer geworden via de uitnodigingslink van deze groep", "joined", None, ()),
        ("Jan is toegetreden via de uitnodigingslink van deze groep", "joined", "Jan", ()),
        ("Jan neemt nu deel via de uitnodigingslink van deze groep", "joined", "Jan", ()),
        ("Jan heeft deelgenomen via de uitnodigingslink", "joined", "Jan", ()),
        ("Jan heeft de groep verlaten", "left", "Jan", ()),
        ("U hebt de groep verlaten", "left", None, ()),
        ("Marga heeft +31 6 00112233 verwijderd", "removed", "Marga", ("+31 6 00112233",)),
        ("Marga heeft u verwijderd", "removed", "Marga", ()),
        ("Jan is verwijderd", "removed", None, ("Jan",)),
        ('Marga heeft het onderwerp gewijzigd van "A: b" naar "C"', "subject", "Marga", ()),
        ("U hebt het groepsonderwerp gewijzigd naar “C”", "subject", None, ()),
        ('Je hebt het onderwerp gewijzigd van "A" in "B"', "subject", None, ()),
        ("Marga heeft de groepsafbeelding gewijzigd", "icon", "Marga", ()),
        ("U hebt de groepsafbeelding verwijderd", "icon", None, ()),
        ("Marga heeft de groepsomschrijving gewijzigd", "description", "Marga", ()),
        ("Je hebt de groepsbeschrijving gewijzigd", "description", None, ()),
        ("+31 6 00112233 is gewijzigd naar +31 6 00445566", "number_changed", "+31 6 00112233",
         ("+31 6 00445566",)),
        ("Jan heeft een nieuw telefoonnummer. Tik om een bericht te sturen of om het nieuwe nummer toe te voegen.",
         "number_changed", "Jan", ()),
        ("U bent nu een beheerder", "admin", None, ()),
        ("Je bent nu beheerder", "admin", None, ()),
        ("Boa Marloes is nu een beheerder", "admin", None, ("Boa Marloes",)),
        ("Marga heeft beheerdersgoedkeuring voor deelname aan deze groep uitgeschakeld", "admin", "Marga", ()),
        ("Nieuwe deelnemers moeten door beheerders worden goedgekeurd.", "admin", None, ()),
        ("Uw beveiligingscode voor Jan is gewijzigd. Tik voor meer informatie", "other", None, ("Jan",)),
        ("Marga heeft berichten met vervaldatum ingeschakeld. Alle nieuwe berichten verdwijnen 7 dagen na "
         "verzending uit deze chat. Tik om dit te wijzigen", "other", "Marga", ()),
        ("Marga heeft deze groep en de bijbehorende deelnemers aan de community Stad toegevoegd", "other", "Marga", ()),
        ("Marga heeft deze groep verwijderd uit de community", "other", "Marga", ()),
        ("Marga heeft de instellingen van deze groep gewijzigd zodat alleen beheerders berichten kunnen sturen",
         "other", "Marga", ()),
        ("Marga heeft een bericht vastgezet", "other", "Marga", ()),
        ("Gemiste spraakoproep", "call", None, ()),
    ],
    "en": [
        ("Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or "
         "listen to them. Tap to learn more.", "encryption", None, ()),
        ("Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them.",
         "encryption", None, ()),
        ('Ann created group "Watch: North"', "created", "Ann", ()),
        ("You created group “Watch”", "created", None, ()),
        ("Ann created this group", "created", "Ann", ()),
        ("Ann added Bob, Carl, and Dee", "added", "Ann", ("Bob", "Carl", "Dee")),
        ("Ann added Bob and Carl", "added", "Ann", ("Bob", "Carl")),
        ("Ann added you", "added", "Ann", ()),
        ("You were added", "added", None, ()),
        ("Bob was added", "added", None, ("Bob",)),
        ("Bob joined using this group's invite link", "joined", "Bob", ()),
        ("Bob joined using this group’s invite link", "joined", "Bob", ()),
        ("Bob joined using a group link.", "joined", "Bob", ()),
        ("You joined using this group's invite link", "joined", None, ()),
        ("Bob joined from the community", "joined", "Bob", ()),
        ("Bob left", "left", "Bob", ()),
        ("You left", "left", None, ()),
        ("Ann removed Bob", "removed", "Ann", ("Bob",)),
        ("You removed Bob", "removed", None, ("Bob",)),
        ('Ann changed the subject from "A" to "B"', "subject", "Ann", ()),
        ("Ann changed the subject to “B: c”", "subject", "Ann", ()),
        ('Ann changed the group name from "A" to "B"', "subject", "Ann", ()),
        ("Ann changed this group's icon", "icon", "Ann", ()),
        ("You changed this group’s icon", "icon", None, ()),
        ("Ann deleted this group's icon", "icon", "Ann", ()),
        ("Ann changed the group description", "description", "Ann", ()),
        ("+1 555 010 0199 changed to +1 555 010 0123", "number_changed", "+1 555 010 0199", ("+1 555 010 0123",)),
        ("Bob changed their phone number to a new number. Tap to message or add the new number.",
         "number_changed", "Bob", ()),
        ("You're now an admin", "admin", None, ()),
        ("You’re no longer an admin", "admin", None, ()),
        ("Bob is now an admin", "admin", None, ("Bob",)),
        ("Ann turned on admin approval to join this group. Tap to change.", "admin", "Ann", ()),
        ("Your security code with Bob changed. Tap to learn more.", "other", None, ("Bob",)),
        ("Ann turned off disappearing messages. Tap to change.", "other", "Ann", ()),
        ("Ann changed this group's settings to allow only admins to add others to this group.", "other", "Ann", ()),
        ("Ann added this group to the community: Town", "other", "Ann", ()),
        ("Ann pinned a message", "other", "Ann", ()),
        ("Missed video call", "call", None, ()),
    ],
    "de": [
        ("Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt. Niemand außerhalb dieses Chats kann sie lesen "
         "oder anhören, nicht einmal WhatsApp. Tippe, um mehr zu erfahren.", "encryption", None, ()),
        ("Anna hat die Gruppe „Wache“ erstellt.", "created", "Anna", ()),
        ('Du hast die Gruppe "Wache" erstellt.', "created", None, ()),
        ("Anna hat Bernd und Carla hinzugefügt.", "added", "Anna", ("Bernd", "Carla")),
        ("Anna hat dich hinzugefügt", "added", "Anna", ()),
        ("Bernd wurde hinzugefügt", "added", None, ("Bernd",)),
        ("Bernd ist der Gruppe mithilfe des Einladungslinks beigetreten.", "joined", "Bernd", ()),
        ("Bernd ist dieser Gruppe über den Einladungslink beigetreten", "joined", "Bernd", ()),
        ("Bernd hat die Gruppe verlassen.", "left", "Bernd", ()),
        ("Du hast Bernd entfernt.", "removed", None, ("Bernd",)),
        ("Anna hat den Betreff von „A“ zu „B“ geändert.", "subject", "Anna", ()),
        ('Du hast den Betreff zu "B" geändert', "subject", None, ()),
        ("Anna hat das Gruppenbild geändert.", "icon", "Anna", ()),
        ("Anna hat die Gruppenbeschreibung geändert.", "description", "Anna", ()),
        ("+49 170 0011223 hat zu +49 170 0044556 gewechselt.", "number_changed", "+49 170 0011223",
         ("+49 170 0044556",)),
        ("Bernd hat eine neue Telefonnummer. Tippe, um eine Nachricht zu schreiben oder die neue Nummer "
         "hinzuzufügen.", "number_changed", "Bernd", ()),
        ("Du bist jetzt ein Admin", "admin", None, ()),
        ("Bernd ist jetzt Admin", "admin", None, ("Bernd",)),
        ("Deine Sicherheitsnummer für Bernd hat sich geändert. Tippe, um mehr zu erfahren.", "other", None,
         ("Bernd",)),
        ("Anna hat einen Videoanruf gestartet.", "other", "Anna", ()),
        ("Verpasster Sprachanruf", "call", None, ()),
    ],
    "fr": [
        ("Les messages et les appels sont chiffrés de bout en bout. Aucun tiers, pas même WhatsApp, ne peut les "
         "lire ou les écouter. Appuyez pour en savoir plus.", "encryption", None, ()),
        ("Anne a créé le groupe «\u00a0Quartier : nord\u00a0»", "created", "Anne", ()),
        ('Vous avez créé le groupe "Quartier"', "created", None, ()),
        ("Anne a ajouté Benoît, Chloé et Denis", "added", "Anne", ("Benoît", "Chloé", "Denis")),
        ("Anne vous a ajouté(e)", "added", "Anne", ()),
        ("Vous avez ajouté Benoît", "added", None, ("Benoît",)),
        ("Benoît a été ajouté(e)", "added", None, ("Benoît",)),
        ("Benoît a rejoint le groupe via le lien d'invitation", "joined", "Benoît", ()),
        ("Vous avez rejoint le groupe en utilisant le lien d’invitation de ce groupe", "joined", None, ()),
        ("Benoît a quitté le groupe", "left", "Benoît", ()),
        ("Benoît est parti", "left", "Benoît", ()),
        ("Anne a retiré Benoît", "removed", "Anne", ("Benoît",)),
        ('Anne a changé le sujet de "A" à "B"', "subject", "Anne", ()),
        ("Anne a modifié le nom du groupe en « B »", "subject", "Anne", ()),
        ("Anne a changé l’icône de ce groupe", "icon", "Anne", ()),
        ("Anne a modifié la description du groupe", "description", "Anne", ()),
        ("Benoît a changé pour +33 6 00 11 22 33", "number_changed", "Benoît", ("+33 6 00 11 22 33",)),
        ("Benoît a changé de numéro de téléphone. Appuyez pour envoyer un message.", "number_changed", "Benoît", ()),
        ("Vous êtes désormais administrateur", "admin", None, ()),
        ("Votre code de sécurité avec Benoît a changé. Appuyez pour en savoir plus.", "other", None, ("Benoît",)),
        ("Appel vocal manqué", "call", None, ()),
    ],
    "es": [
        ("Los mensajes y las llamadas están cifrados de extremo a extremo. Nadie fuera de este chat, ni siquiera "
         "WhatsApp, puede leerlos ni escucharlos. Toca para obtener más información.", "encryption", None, ()),
        ('Ana creó el grupo "Barrio"', "created", "Ana", ()),
        ("Creaste el grupo “Barrio”", "created", None, ()),
        ("Ana añadió a Bruno y Clara", "added", "Ana", ("Bruno", "Clara")),
        ("Ana agregó a Bruno", "added", "Ana", ("Bruno",)),
        ("Añadiste a Bruno", "added", None, ("Bruno",)),
        ("Ana te añadió", "added", "Ana", ()),
        ("Se añadió a Bruno", "added", None, ("Bruno",)),
        ("Bruno se unió usando el enlace de invitación de este grupo", "joined", "Bruno", ()),
        ("Te uniste usando el enlace de invitación de este grupo", "joined", None, ()),
        ("Bruno salió del grupo", "left", "Bruno", ()),
        ("Saliste del grupo", "left", None, ()),
        ("Ana eliminó a Bruno", "removed", "Ana", ("Bruno",)),
        ("Ana te eliminó", "removed", "Ana", ()),
        ('Ana cambió el asunto de "A" a "B"', "subject", "Ana", ()),
        ("Cambiaste el nombre del grupo a “B”", "subject", None, ()),
        ("Ana cambió el ícono de este grupo", "icon", "Ana", ()),
        ("Cambiaste la imagen del grupo", "icon", None, ()),
        ("Ana cambió la descripción del grupo", "description", "Ana", ()),
        ("Bruno cambió a +34 600 11 22 33", "number_changed", "Bruno", ("+34 600 11 22 33",)),
        ("Bruno cambió su número de teléfono. Toca para enviar un mensaje.", "number_changed", "Bruno", ()),
        ("Ahora eres admin. del grupo", "admin", None, ()),
        ("Cambió tu código de seguridad con Bruno. Pulsa para obtener más información", "other", None, ("Bruno",)),
        ("Llamada perdida", "call", None, ()),
    ],
    "pt": [
        ("As mensagens e as chamadas são protegidas com a criptografia de ponta a ponta. Nem mesmo o WhatsApp pode "
         "ler ou ouvi-las. Toque para saber mais.", "encryption", None, ()),
        ("As mensagens e chamadas são encriptadas ponto a ponto. Ninguém fora desta conversa, nem mesmo o WhatsApp, "
         "pode ler ou ouvi-las.", "encryption", None, ()),
        ('Ana criou o grupo "Bairro"', "created", "Ana", ()),
        ("Você criou este grupo", "created", None, ()),
        ("Ana adicionou Bruno, Carla e Davi", "added", "Ana", ("Bruno", "Carla", "Davi")),
        ("Ana adicionou você", "added", "Ana", ()),
        ("Você adicionou Bruno", "added", None, ("Bruno",)),
        ("Bruno foi adicionado(a)", "added", None, ("Bruno",)),
        ("Bruno entrou usando o link de convite deste grupo", "joined", "Bruno", ()),
        ("Bruno entrou neste grupo através da comunidade", "joined", "Bruno", ()),
        ("Bruno saiu", "left", "Bruno", ()),
        ("Você saiu", "left", None, ()),
        ("Ana removeu Bruno", "removed", "Ana", ("Bruno",)),
        ('Ana mudou o nome de "A" para "B"', "subject", "Ana", ()),
        ('Ana alterou o nome do grupo para "B"', "subject", "Ana", ()),
        ("Ana mudou a imagem do grupo", "icon", "Ana", ()),
        ("Ana mudou o ícone deste grupo", "icon", "Ana", ()),
        ("Ana mudou a descrição do grupo", "description", "Ana", ()),
        ("Bruno mudou para +55 11 90011-2233", "number_changed", "Bruno", ("+55 11 90011-2233",)),
        ("Bruno mudou o número de telefone. Toque para enviar uma mensagem.", "number_changed", "Bruno", ()),
        ("Agora você é um admin", "admin", None, ()),
        ("Seu código de segurança com Bruno mudou. Toque para saber mais.", "other", None, ("Bruno",)),
        ("Chamada de voz perdida", "call", None, ()),
    ],
    "it": [
        ("I messaggi e le chiamate sono crittografati end-to-end. Nessuno al di fuori di questa chat, nemmeno "
         "WhatsApp, può leggerne o ascoltarne il contenuto. Tocca per saperne di più.", "encryption", None, ()),
        ('Anna ha creato il gruppo "Quartiere"', "created", "Anna", ()),
        ("Hai creato questo gruppo", "created", None, ()),
        ("Anna ha aggiunto Bruno e Carla", "added", "Anna", ("Bruno", "Carla")),
        ("Hai aggiunto Bruno", "added", None, ("Bruno",)),
        ("Anna ti ha aggiunto", "added", "Anna", ()),
        ("Bruno è stato aggiunto", "added", None, ("Bruno",)),
        ("Bruno è entrato usando il link d'invito al gruppo", "joined", "Bruno", ()),
        ("Carla si è unita usando il link d’invito di questo gruppo", "joined", "Carla", ()),
        ("Bruno ha abbandonato", "left", "Bruno", ()),
        ("Hai abbandonato il gruppo", "left", None, ()),
        ("Anna ha rimosso Bruno", "removed", "Anna", ("Bruno",)),
        ('Anna ha cambiato l\'oggetto da "A" a "B"', "subject", "Anna", ()),
        ("Hai cambiato il nome del gruppo in “B”", "subject", None, ()),
        ("Anna ha cambiato l'immagine del gruppo", "icon", "Anna", ()),
        ("Anna ha cambiato la descrizione del gruppo", "description", "Anna", ()),
        ("Bruno è stato cambiato con +39 340 001 1223", "number_changed", "Bruno", ("+39 340 001 1223",)),
        ("Bruno ha cambiato numero in un nuovo numero. Tocca per scrivere.", "number_changed", "Bruno", ()),
        ("Ora sei un amministratore", "admin", None, ()),
        ("Il tuo codice di sicurezza con Bruno è cambiato. Tocca per saperne di più.", "other", None, ("Bruno",)),
        ("Chiamata vocale persa", "call", None, ()),
    ],
    "tr": [
        ("Mesajlar ve aramalar uçtan uca şifrelidir. WhatsApp da dahil olmak üzere bu sohbetin dışında bulunan hiç "
         "kimse mesaj ve aramalarınızı okuyamaz ve dinleyemez. Daha fazla bilgi edinmek için dokunun.",
         "encryption", None, ()),
        ('Ayşe, "Mahalle" grubunu oluşturdu', "created", "Ayşe", ()),
        ('"Mahalle" grubunu oluşturdunuz', "created", None, ()),
        ("Ayşe bu grubu oluşturdu", "created", "Ayşe", ()),
        ("Ayşe, Burak kişisini ekledi", "added", "Ayşe", ("Burak",)),
        ("Ayşe, Burak, Can ve Derya kişilerini ekledi", "added", "Ayşe", ("Burak", "Can", "Derya")),
        ("Burak kişisini eklediniz", "added", None, ("Burak",)),
        ("Ayşe sizi ekledi", "added", "Ayşe", ()),
        ("Burak eklendi", "added", None, ("Burak",)),
        ("Burak bu grubun davet bağlantısını kullanarak katıldı", "joined", "Burak", ()),
        ("Burak grup bağlantısı kullanarak katıldı.", "joined", "Burak", ()),
        ("Bu grubun davet bağlantısını kullanarak katıldınız", "joined", None, ()),
        ("Burak ayrıldı", "left", "Burak", ()),
        ("Ayrıldınız", "left", None, ()),
        ("Ayşe, Burak kişisini çıkardı", "removed", "Ayşe", ("Burak",)),
        ("Burak kişisini çıkardınız", "removed", None, ("Burak",)),
        ('Ayşe grup adını "B" olarak değiştirdi', "subject", "Ayşe", ()),
        ("Ayşe, “A” olan konuyu “B” olarak değiştirdi", "subject", "Ayşe", ()),
        ("Ayşe bu grubun simgesini değiştirdi", "icon", "Ayşe", ()),
        ("Ayşe grup açıklamasını değiştirdi", "description", "Ayşe", ()),
        ("Burak telefon numarasını değiştirdi. Yeni numarayı mesajla veya ekle.", "number_changed", "Burak", ()),
        ("Artık bir yöneticisiniz", "admin", None, ()),
        ("Burak artık yönetici", "admin", None, ("Burak",)),
        ("Ayşe, bu gruba katılmak için yönetici onayını açtı. Değiştirmek için dokunun.", "admin", "Ayşe", ()),
        ("Burak ile aranızdaki güvenlik kodu değişti. Daha fazla bilgi edinmek için dokunun.", "other", None,
         ("Burak",)),
        ("Cevapsız sesli arama", "call", None, ()),
    ],
}  # fmt: skip

ROWS = [(code, *row) for code, rows in SAID.items() for row in rows]


@pytest.mark.parametrize(
    ("code", "text", "event", "actor", "targets"), ROWS, ids=[row[1][:60] for row in ROWS]
)
def test_notice_is_read(
    code: str, text: str, event: str, actor: str | None, targets: tuple[str, ...]
) -> None:
    for line in (text, "\u200e" + text, text + "\u200e"):
        notice = read_notice(line)
        assert notice is not None
        assert notice.language.code == code
        assert (notice.event, notice.actor) == (event, actor)
        assert split_names(notice.whom, notice.language, frozenset()) == targets


@pytest.mark.parametrize("code", [language.code for language in LANGUAGES])
def test_every_language_knows_the_events_that_count_members(code: str) -> None:
    assert {"created", "added", "joined", "left", "removed", "subject", "number_changed"} <= {
        row[1] for row in SAID[code]
    }


def test_languages_speak_of_events_of_the_domain_only() -> None:
    assert {event for language in LANGUAGES for event, _ in language.notices} <= set(NOTICE_EVENTS)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('Marga heeft het onderwerp gewijzigd van "A" naar "Wijk: Noord"', "Wijk: Noord"),
        ("Ann created group “Watch”", "Watch"),
        ("Anne a créé le groupe «\u00a0Quartier\u00a0»", "Quartier"),
        ('Ayşe, "Mahalle" grubunu oluşturdu', "Mahalle"),
        ("Ann left", None),
    ],
)
def test_the_new_name_of_the_group_is_read(text: str, name: str | None) -> None:
    notice = read_notice(text)
    assert notice is not None
    assert notice.name == name


@pytest.mark.parametrize(
    "text",
    [
        "Jan: heeft Piet toegevoegd",
        "Jan: Je hebt Piet verwijderd",
        "een regel die niemand kent",
        "Ларс покинул группу",
    ],
)
def test_what_no_language_says_is_no_notice(text: str) -> None:
    assert read_notice(text) is None


DUTCH = LANGUAGES[0]


@pytest.mark.parametrize(
    ("whom", "known", "names"),
    [
        ("Jan", (), ("Jan",)),
        ("Jan en Piet", (), ("Jan", "Piet")),
        ("Els en Piet", ("Els en Piet",), ("Els en Piet",)),
        ("Jan, Els en Piet", (), ("Jan", "Els", "Piet")),
        ("Jan, Els en Piet", ("Els en Piet",), ("Jan", "Els en Piet")),
        ("Els en Piet en Jan", (), ("Els en Piet", "Jan")),
        ("Jan en Els en Piet", ("Jan",), ("Jan", "Els en Piet")),
        ("Wim en Joke, Fatma en Hassan", (), ("Wim en Joke", "Fatma", "Hassan")),
        ("Jansen, Piet en Els", ("Jansen, Piet",), ("Jansen, Piet", "Els")),
        ("Jan, Els en 31 anderen", (), ("Jan", "Els")),
        ("Wim en Joke en 3 anderen", (), ("Wim en Joke",)),
        ("Jan en jou", (), ("Jan",)),
        ("", (), ()),
    ],
)
def test_a_list_of_names_is_cut_where_known_names_allow(
    whom: str, known: tuple[str, ...], names: tuple[str, ...]
) -> None:
    assert split_names(whom, DUTCH, frozenset(known)) == names
