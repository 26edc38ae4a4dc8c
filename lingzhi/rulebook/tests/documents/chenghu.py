"""What a person expects of the made-up regulation of the water utility, written by hand."""

from pathlib import Path

from django.conf import settings

FILE = Path(settings.BASE_DIR) / "data" / "regulations" / "chenghu-water-hotline.docx"

# clause: control kind, what decides it, figures (? = left open, asked for)
EXPECTED = """
第六条 post supervisor at_least=1people
第六条 post team_leader at_least=3people
第六条 post agent
第八条 post inspector
第八条 post analyst
第九条 training hours=80hours
第九条 exam pass_mark=80percent
第十条 exam cadence=quarterly pass_mark=?
第十条 training cadence=yearly hours=24hours
第十一条 kpi_target K03 limit=3rings target=?
第十二条 kpi_target K01 period=monthly target=95percent
第十二条 kpi_target K03 limit=20seconds period=monthly target=85percent
第十三条 phrases must opening words=1
第十四条 phrases must closing words=1
第十四条 phrases must closing words=1
第十六条 kpi_target K04 target=240seconds
第十六条 kpi_target K05 target=45seconds
第十九条 sla hand_over all limit=15minutes
第十九条 sla own all limit=30minutes
第二十条 sla first_response urgent limit=1hours
第二十条 sla periodic_update urgent limit=2hours
第二十条 sla resolution urgent limit=24hours
第二十一条 sla first_response request limit=2hours
第二十一条 sla resolution request limit=1working_days
第二十一条 sla first_response request limit=1working_days
第二十一条 sla resolution request limit=5working_days
第二十一条 sla first_response all limit=4hours
第二十一条 sla resolution all limit=3working_days
第二十三条 followup within=3working_days
第二十三条 kpi_target K28 target=100percent
第二十四条 followup cadence=monthly within=?
第二十五条 sla first_response complaint limit=1working_days
第二十五条 sla feedback complaint limit=5working_days
第二十六条 kpi_target K16 target=98percent
第二十六条 kpi_target K18 target=90percent
第二十七条 kpi_target K14 target=1percent warning=2percent
第二十八条 phrases avoid any words=3
第三十条 sla proposal complex limit=?
第三十一条 sampling random cadence=monthly size=10items
第三十二条 kpi_target K20 target=98percent
第三十二条 kpi_target K22 target=99percent
第三十二条 kpi_target K07 target=90percent
第三十三条 kpi_target K12 period=monthly target=92percent
第三十四条 meeting cadence=weekly
第三十四条 report cadence=monthly
第三十五条 audit cadence=?
第三十五条 audit cadence=yearly
第三十六条 drill cadence=quarterly
第三十七条 equipment_check cadence=?
第三十八条 retention months=6months
第三十八条 retention months=36months
第三十八条 retention months=?
"""
