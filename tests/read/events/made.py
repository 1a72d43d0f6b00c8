"""Made-up files of each dataset: rows in the form of the real ones, with nothing copied."""

from __future__ import annotations

import csv
import io

from inconcert.read.events import built_in_layouts


def gdelt2(number: int = 1, **cells: str) -> str:
    return "\t".join(_filled("gdelt2-events", _gdelt(number, "20210728104500"), cells))


def gdelt1(number: int = 1, *, url: bool = True, **cells: str) -> str:
    row = _filled("gdelt1-events", _gdelt(number, "20210728"), cells)
    return "\t".join(row if url else row[:-1])


def mention(number: int = 1, **cells: str) -> str:
    given = {
        "GLOBALEVENTID": str(number),
        "EventTimeDate": "20210728104500",
        "MentionTimeDate": "20210728114500",
        "MentionType": "1",
        "MentionSourceName": "example.org",
        "MentionIdentifier": "https://example.org/story",
        "SentenceID": "3",
        "Confidence": "40",
        "MentionDocTone": "-1.5",
    }
    return "\t".join(_filled("gdelt2-mentions", given, cells))


def gkg(**cells: str) -> str:
    given = {
        "GKGRECORDID": "20210728104500-12",
        "DATE": "20210728104500",
        "SourceCollectionIdentifier": "1",
        "SourceCommonName": "example.org",
        "DocumentIdentifier": "https://example.org/story",
        "Themes": "MEDIATION;PEACE",
        "Locations": "1#Peru#PE#PE##-9.1#-75.0#PE;4#Lima, Peru#PE#PE15##-12.0#-77.0#1",
        "Persons": "ada one;bo two",
        "Organizations": "red house",
        "V2Tone": "-2.5,1,3,4,20,0,400",
        "Extras": "<PAGE_TITLE>A meeting in Lima</PAGE_TITLE>",
    }
    return "\t".join(_filled("gdelt2-gkg", given, cells))


ICEWS_HEAD = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude"
)


def icews(number: int = 1, **cells: str) -> str:
    given = {
        "event_id": str(number),
        "event_date": "2021-03-18",
        "source_name": "Foreign Affairs (Peru)",
        "source_sectors": "Foreign Ministry,Government",
        "source_country": "Peru",
        "event_text": "Consult",
        "cameo_code": "040",
        "intensity": "1.0",
        "target_name": "Chile",
        "target_country": "Chile",
        "story_id": "77",
        "sentence_number": "2",
        "publisher": "The Daily Example",
        "city": "Lima",
        "country": "Peru",
        "latitude": "-12.04",
        "longitude": "-77.03",
    }
    return "\t".join(_filled("icews", given, cells))


POLECAT_HEAD = (
    "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\t"
    "Actor Country\tActor COW\tPrimary Actor Sector\tActor Sectors\tActor Title\tActor Name Raw\t"
    "Wikipedia Actor ID\tRecipient Name\tRecipient Country\tRecipient COW\t"
    "Primary Recipient Sector\tRecipient Sectors\tRecipient Title\tRecipient Name Raw\t"
    "Wikipedia Recipient ID\tPlacename\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude\t"
    "GeoNames ID\tRaw Placename\tFeature Type\tSource\tPublication Date\tStory People\t"
    "Story Organizations\tStory Locations\tLanguage\tVersion"
)


def polecat(**cells: str) -> str:
    given = {
        "event_id": "ENG-1",
        "event_date": "2021-03-18",
        "event_type": "CONSULT",
        "event_mode": "third-party",
        "event_intensity": "5.0",
        "quad_code": "VERBAL COOPERATION",
        "contexts": "diplomatic; political institutions",
        "actor_name": "Ada One; Bo Two",
        "actor_country": "PER; CHL",
        "primary_actor_sector": "GOV; MIL",
        "recipient_name": "None",
        "recipient_country": "BOL",
        "primary_recipient_sector": "GOV",
        "country": "PER",
        "latitude": "-12.04",
        "longitude": "-77.03",
        "feature_type": "PPLC",
        "source": "The Daily Example",
        "publication_date": "2021-03-19",
        "language": "English",
    }
    return "\t".join(_filled("polecat", given, cells))


def acled(**cells: str) -> list[str]:
    given = {
        "event_id_cnty": "PER1",
        "event_date": "16 May 2021",
        "year": "2021",
        "event_type": "Protests",
        "sub_event_type": "Peaceful protest",
        "actor1": "Protesters (Peru)",
        "assoc_actor_1": "Teachers (Peru); Students (Peru)",
        "inter1": "6",
        "country": "Peru",
        "location": "Lima",
        "latitude": "-12.04",
        "longitude": "-77.03",
        "geo_precision": "1",
        "source": "Daily Example; Weekly Example",
        "notes": 'On 16 May, teachers marched, shouting "pay us".\nNobody was hurt.',
        "fatalities": "0",
        "timestamp": "1621900800",
    }
    return _filled("acled", given, cells)


def ucdp(**cells: str) -> list[str]:
    given = {
        "id": "9",
        "year": "2021",
        "type_of_violence": "3",
        "side_a": "Shining Path",
        "side_b": "Civilians",
        "number_of_sources": "-1",
        "source_office": "Daily Example",
        "where_prec": "4",
        "where_coordinates": "Lima",
        "latitude": "-12.04",
        "longitude": "-77.03",
        "country": "Peru",
        "date_start": "2021-05-16 00:00:00.000",
        "date_end": "2021-05-18 00:00:00.000",
        "best": "4",
    }
    return _filled("ucdp-ged", given, cells)


def cline(**cells: str) -> list[str]:
    given = {
        "eid": "BBC1",
        "story_date": "7/2/1991",
        "year": "1991",
        "month": "7",
        "day": "2",
        "source": "PERGOV",
        "source_root": "PER",
        "source_agent": "GOV",
        "target": "CHL",
        "target_root": "CHL",
        "code": "042",
        "root_code": "4",
        "goldstein": "1.9",
        "aid": "5",
    }
    return _filled("phoenix-cline", given, cells)


def phoenix(**cells: str) -> str:
    given = {
        "EventID": "1_1",
        "Date": "20150702",
        "Year": "2015",
        "Month": "7",
        "Day": "2",
        "source": "PERGOV",
        "source_root": "PER",
        "source_agent": "GOV",
        "target": "CHL",
        "target_root": "CHL",
        "code": "042",
        "root_code": "04",
        "PentaClass": "1",
        "goldstein": "1.9",
        "CountryCode": "PER",
        "SentenceID": "abc_1",
        "URLs": "https://example.org/a;https://example.net/b",
        "NewsSources": "example;other",
    }
    return "\t".join(_filled("phoenix-real-time", given, cells))


def terrier(**cells: str) -> list[str]:
    given = {
        "id": "T1",
        "date8": "19910702",
        "source": "PERGOV",
        "src_actor": "PER",
        "target": "CHL",
        "tgt_actor": "CHL",
        "code": "042",
        "root_code": "04",
        "goldstein": "1.9",
    }
    return _filled("terrier", given, cells)


def as_csv(name: str, *rows: list[str]) -> str:
    """A CSV text with the head line of a layout."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([built_in_layouts()[name].columns, *rows])
    return out.getvalue()


def _gdelt(number: int, added: str) -> dict[str, str]:
    return {
        "GLOBALEVENTID": str(number),
        "SQLDATE": "20210728",
        "MonthYear": "202107",
        "Year": "2021",
        "FractionDate": "2021.5671",
        "Actor1Code": "PERGOV",
        "Actor1Name": "PERU",
        "Actor1CountryCode": "PER",
        "Actor1Type1Code": "GOV",
        "Actor2Code": "CHL",
        "Actor2Name": "CHILE",
        "Actor2CountryCode": "CHL",
        "IsRootEvent": "1",
        "EventCode": "042",
        "EventBaseCode": "042",
        "EventRootCode": "04",
        "QuadClass": "1",
        "GoldsteinScale": "1.9",
        "NumMentions": "8",
        "NumSources": "2",
        "NumArticles": "7",
        "AvgTone": "-1.25",
        "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Lima, Lima, Peru",
        "ActionGeo_CountryCode": "PE",
        "ActionGeo_Lat": "-12.05",
        "ActionGeo_Long": "-77.05",
        "DATEADDED": added,
        "SOURCEURL": "https://www.example.org/story.html",
    }


def _filled(layout: str, given: dict[str, str], cells: dict[str, str]) -> list[str]:
    known = built_in_layouts()[layout].columns
    strange = set(given) | set(cells)
    assert strange <= set(known), strange - set(known)
    return [cells.get(name, given.get(name, "")) for name in known]
