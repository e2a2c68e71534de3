# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The middle of countries and of the states of large ones, in degrees.

Good enough to tell the east coast from the west when an address has not been
located; whoever uses them says so. Of a country no finer than a degree is meant, of a
state no finer than a tenth.
"""


def _read(table: str) -> dict[str, tuple[float, float]]:
    rows = (row.split() for row in table.replace("\n", ";").split(";") if row.strip())
    return {code: (float(lat), float(long)) for code, lat, long in rows}


# ISO 3166-1 code, latitude, longitude
COUNTRIES = _read(
    """
AD 42.5 1.5; AE 24 54; AF 33 65; AG 17.1 -61.8; AI 18.2 -63.2; AL 41 20; AM 40 45;
AO -12.5 18.5; AQ -80 20; AR -34 -64; AS -14.3 -170; AT 47.3 13.3; AU -27 133;
AW 12.5 -70; AX 60.2 20; AZ 40.5 47.5; BA 44 18; BB 13.2 -59.5; BD 24 90; BE 50.8 4;
BF 13 -2; BG 43 25; BH 26 50.5; BI -3.5 30; BJ 9.5 2.2; BL 17.9 -62.8;
BM 32.3 -64.8; BN 4.5 114.7; BO -17 -65; BQ 12.2 -68.3; BR -10 -55; BS 24.2 -76;
BT 27.5 90.5; BV -54.4 3.4; BW -22 24; BY 53 28; BZ 17.2 -88.8; CA 60 -95;
CC -12.5 96.8; CD -2.9 23.6; CF 7 21; CG -1 15; CH 47 8; CI 8 -5; CK -21.2 -159.8;
CL -30 -71; CM 6 12; CN 35 105; CO 4 -72; CR 10 -84; CU 21.5 -80; CV 16 -24;
CW 12.2 -69; CX -10.5 105.7; CY 35 33; CZ 49.8 15.5; DE 51 9; DJ 11.5 43; DK 56 10;
DM 15.4 -61.3; DO 19 -70.7; DZ 28 3; EC -2 -77.5; EE 59 26; EG 27 30; EH 24.5 -13;
ER 15 39; ES 40 -4; ET 8 38; FI 64 26; FJ -18 175; FK -51.8 -59; FM 6.9 158.2;
FO 62 -7; FR 46 2; GA -1 11.8; GB 54 -2; GD 12.1 -61.7; GE 42 43.5; GF 4 -53;
GG 49.5 -2.6; GH 8 -2; GI 36.1 -5.3; GL 72 -40; GM 13.5 -16.6; GN 11 -10;
GP 16.2 -61.6; GQ 2 10; GR 39 22; GS -54.5 -37; GT 15.5 -90.2; GU 13.5 144.8;
GW 12 -15; GY 5 -59; HK 22.2 114.2; HM -53.1 72.5; HN 15 -86.5; HR 45.2 15.5;
HT 19 -72.4; HU 47 20; ID -5 120; IE 53 -8; IL 31.5 34.8; IM 54.2 -4.5; IN 22 79;
IO -6 71.5; IQ 33 44; IR 32 53; IS 65 -18; IT 42.8 12.8; JE 49.2 -2.2; JM 18 -76.8;
JO 31 36; JP 36 138; KE 1 38; KG 41 75; KH 13 105; KI 1.4 173; KM -12.2 44.2;
KN 17.3 -62.8; KP 40 127; KR 37 127.5; KW 29.5 45.8; KY 19.5 -80.5; KZ 48 68;
LA 18 105; LB 33.8 35.8; LC 13.9 -61; LI 47.3 9.5; LK 7 81; LR 6.5 -9.5;
LS -29.5 28.5; LT 56 24; LU 49.8 6.2; LV 57 25; LY 25 17; MA 32 -5; MC 43.7 7.4;
MD 47 29; ME 42.7 19.4; MF 18.1 -63.1; MG -20 47; MH 9 168; MK 41.8 22; ML 17 -4;
MM 19.8 96.1; MN 46 105; MO 22.2 113.5; MP 15.2 145.8; MQ 14.7 -61; MR 20 -12;
MS 16.8 -62.2; MT 35.8 14.6; MU -20.3 57.5; MV 3.2 73; MW -13.5 34; MX 23 -102;
MY 2.5 112.5; MZ -18.2 35; NA -22 17; NC -21.5 165.5; NE 16 8; NF -29 167.9;
NG 10 8; NI 13 -85; NL 52.5 5.8; NO 62 10; NP 28 84; NR -0.5 166.9; NU -19 -169.9;
NZ -41 174; OM 21 57; PA 9 -80; PE -10 -76; PF -15 -140; PG -6 147; PH 13 122;
PK 30 70; PL 52 20; PM 46.8 -56.3; PN -25.1 -130.1; PR 18.2 -66.5; PS 31.9 35.2;
PT 39.5 -8; PW 7.5 134.5; PY -23 -58; QA 25.5 51.2; RE -21.1 55.5; RO 46 25;
RS 44 21; RU 60 100; RW -2 30; SA 25 45; SB -8 159; SC -4.6 55.7; SD 15 30;
SE 62 15; SG 1.4 103.8; SH -15.9 -5.7; SI 46.1 14.8; SJ 78 20; SK 48.7 19.5;
SL 8.5 -11.5; SM 43.8 12.4; SN 14 -14; SO 10 49; SR 4 -56; SS 7 30; ST 1 7;
SV 13.8 -88.9; SX 18 -63.1; SY 35 38; SZ -26.5 31.5; TC 21.8 -71.8; TD 15 19;
TF -49.2 69.2; TG 8 1.2; TH 15 100; TJ 39 71; TK -9 -172; TL -8.8 125.9; TM 40 60;
TN 34 9; TO -20 -175; TR 39 35; TT 11 -61; TV -8 178; TW 23.5 121; TZ -6 35;
UA 49 32; UG 1 32; UM 19.3 166.6; US 39.8 -98.6; UY -33 -56; UZ 41 64; VA 41.9 12.5;
VC 13.2 -61.2; VE 8 -66; VG 18.4 -64.6; VI 18.3 -64.9; VN 16.2 107.8; VU -16 167;
WF -13.3 -176.2; WS -13.6 -172.3; XI 54.6 -6.7; XK 42.6 20.9; YE 15 48;
YT -12.8 45.2; ZA -29 24; ZM -15 30; ZW -20 30
"""
)

# ISO 3166-2 code, latitude, longitude
STATES = _read(
    """
AU-ACT -35.5 149; AU-NSW -32.2 147; AU-NT -19.5 133.4; AU-QLD -22.6 144.5;
AU-SA -30.1 135.8; AU-TAS -42 146.6; AU-VIC -36.9 144.3; AU-WA -25.3 122.3;
CA-AB 55 -115; CA-BC 54 -125; CA-MB 55 -97; CA-NB 46.6 -66.4; CA-NL 53.1 -57.7;
CA-NS 45 -63; CA-NT 64.8 -124.8; CA-NU 70.3 -83.1; CA-ON 50 -85; CA-PE 46.5 -63.4;
CA-QC 52 -72; CA-SK 54 -106; CA-YT 64.3 -135; US-AK 63.6 -154.5; US-AL 32.3 -86.9;
US-AR 35.2 -91.8; US-AS -14.3 -170.7; US-AZ 34 -111.1; US-CA 36.8 -119.4;
US-CO 39.6 -105.8; US-CT 41.6 -73.1; US-DC 38.9 -77; US-DE 38.9 -75.5;
US-FL 27.7 -81.5; US-FM 6.9 158.2; US-GA 32.2 -82.9; US-GU 13.4 144.8;
US-HI 19.9 -155.7; US-IA 41.9 -93.1; US-ID 44.1 -114.7; US-IL 40.6 -89.4;
US-IN 40.6 -85.6; US-KS 39 -98.5; US-KY 37.8 -84.3; US-LA 31.2 -92.1;
US-MA 42.4 -71.4; US-MD 39 -76.6; US-ME 45.3 -69.4; US-MH 7.1 171.2;
US-MI 44.3 -85.6; US-MN 46.7 -94.7; US-MO 38 -91.8; US-MP 15.2 145.8;
US-MS 32.4 -89.4; US-MT 46.9 -110.4; US-NC 35.8 -79; US-ND 47.6 -101;
US-NE 41.5 -99.9; US-NH 43.2 -71.6; US-NJ 40.1 -74.4; US-NM 35 -105;
US-NV 38.8 -116.4; US-NY 43.3 -74.2; US-OH 40.4 -82.9; US-OK 35 -97.1;
US-OR 43.8 -120.6; US-PA 41.2 -77.2; US-PR 18.2 -66.6; US-PW 7.5 134.6;
US-RI 41.6 -71.5; US-SC 33.8 -81.2; US-SD 44 -99.9; US-TN 35.5 -86.6;
US-TX 32 -99.9; US-UT 39.3 -111.1; US-VA 37.4 -78.7; US-VI 18.3 -64.9;
US-VT 44.6 -72.6; US-WA 47.8 -120.7; US-WI 43.8 -88.8; US-WV 38.6 -80.5;
US-WY 43.1 -107.3
"""
)


def _read_ranges(table: str) -> dict[str, str]:
    states = {}
    for row in table.replace("\n", ";").split(";"):
        if row.strip():
            span, state = row.split()
            first, _, last = span.partition("-")
            for prefix in range(int(first), int(last or first) + 1):
                states[f"{prefix:03}"] = state
    return states


# The first three digits of a ZIP code name the state in the United States.
US_ZIP_PREFIXES = _read_ranges(
    """
005 NY; 006-007 PR; 008 VI; 009 PR; 010-027 MA; 028-029 RI; 030-038 NH; 039-049 ME;
050-054 VT; 055 MA; 056-059 VT; 060-069 CT; 070-089 NJ; 100-149 NY; 150-196 PA;
197-199 DE; 200 DC; 201 VA; 202-205 DC; 206-219 MD; 220-246 VA; 247-268 WV;
270-289 NC; 290-299 SC; 300-319 GA; 320-339 FL; 341-349 FL; 350-369 AL; 370-385 TN;
386-397 MS; 398-399 GA; 400-427 KY; 430-459 OH; 460-479 IN; 480-499 MI; 500-528 IA;
530-549 WI; 550-567 MN; 569 DC; 570-577 SD; 580-588 ND; 590-599 MT; 600-629 IL;
630-658 MO; 660-679 KS; 680-693 NE; 700-714 LA; 716-729 AR; 730-732 OK; 733 TX;
734-749 OK; 750-799 TX; 800-816 CO; 820-831 WY; 832-838 ID; 840-847 UT; 850-865 AZ;
870-884 NM; 885 TX; 889-898 NV; 900-961 CA; 967-968 HI; 969 GU; 970-979 OR;
980-994 WA; 995-999 AK
"""
)
