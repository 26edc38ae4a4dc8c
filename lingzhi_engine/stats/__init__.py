"""Statistics of inspection: how sure a figure is, how to sample, whom and what to trust.

Shares with exact intervals and control charts; samples that can be drawn again and rates from
them; agreement, leniency and trust of inspectors and rules; acceptance of lots; grades. Each
module names its source; docs/reference/statistics.md says it in plain words.

>>> Rate(3, 40).interval().as_percent()
'2.6–19.9 %'
"""

from lingzhi_engine.stats.acceptance import (
    AQLS,
    InspectionLevel,
    InspectionSeverity,
    LotPlan,
    acceptance_probability,
    code_letter,
    plan_for,
    plan_of,
    quality_accepted,
)
from lingzhi_engine.stats.agreement import (
    Pair,
    cohen_kappa,
    exact_agreement,
    gwet_ac1,
    pairwise,
    prevalence,
    within_one,
)
from lingzhi_engine.stats.alarms import (
    JOINED,
    Call,
    Called,
    Course,
    Judge,
    Tree,
    began_at,
    calls_in,
)
from lingzhi_engine.stats.allocation import (
    equal_allocation,
    inclusion_probabilities,
    proportional_allocation,
)
from lingzhi_engine.stats.alpha import Scale, krippendorff_alpha
from lingzhi_engine.stats.before_after import Change, Window, change
from lingzhi_engine.stats.charts import (
    BASELINE,
    JUDGED,
    Chart,
    ChartKind,
    Size,
    control_chart,
    size_of,
)
from lingzhi_engine.stats.connectedness import connected_groups
from lingzhi_engine.stats.control import Limits, p_limits
from lingzhi_engine.stats.corrected import (
    Judged,
    RuleVerdict,
    corrected_rate,
    missed,
    precision,
    recall,
    rule_agreement,
)
from lingzhi_engine.stats.drift import leniency_drift
from lingzhi_engine.stats.estimates import (
    Reviews,
    post_stratified_rate,
    stacked_rate,
    weighted_mean,
    weighted_rate,
)
from lingzhi_engine.stats.false_alarms import MONTH, Rules, rules_for
from lingzhi_engine.stats.grades import GradeBasis, Graded, GradeScale, grade
from lingzhi_engine.stats.growth import Growth, adjusted, chance_of_new, growth
from lingzhi_engine.stats.intervals import (
    Interval,
    chance_of_difference,
    clopper_pearson,
    clopper_pearson_each,
    difference,
    wilson,
    wilson_each,
)
from lingzhi_engine.stats.leniency import Adjusted, Leniency, Scores, estimate_leniency
from lingzhi_engine.stats.means import difference_of_means
from lingzhi_engine.stats.measured import Kind, Measured
from lingzhi_engine.stats.planning import (
    PlannedPrecision,
    PlannedStratum,
    planned_precision,
    reviews_needed,
    risk_from_hits,
    share_found,
)
from lingzhi_engine.stats.rates import TOO_FEW, Rate, enough
from lingzhi_engine.stats.ratings import Tally, net_promoter_score
from lingzhi_engine.stats.response import (
    Asked,
    GroupResponse,
    Representativeness,
    Weighted,
    representativeness,
    response_rates,
    weighted_answers,
    weighted_share,
)
from lingzhi_engine.stats.sampling import (
    Sample,
    risk_weighted_sample,
    simple_sample,
    spread_sample,
    stratified_sample,
)
from lingzhi_engine.stats.switching import (
    LotInspection,
    SeverityChange,
    after_lot,
    back_to_normal,
    resumed,
)
from lingzhi_engine.stats.tiers import tiers
from lingzhi_engine.stats.trust import (
    Trust,
    TrustCause,
    TrustDecision,
    TrustEvidence,
    TrustGate,
    TrustReason,
    TrustThresholds,
    decide_trust,
)

__all__ = [
    "AQLS",
    "BASELINE",
    "JOINED",
    "JUDGED",
    "MONTH",
    "TOO_FEW",
    "Adjusted",
    "Asked",
    "Call",
    "Called",
    "Change",
    "Chart",
    "ChartKind",
    "Course",
    "GradeBasis",
    "GradeScale",
    "Graded",
    "GroupResponse",
    "Growth",
    "InspectionLevel",
    "InspectionSeverity",
    "Interval",
    "Judge",
    "Judged",
    "Kind",
    "Leniency",
    "Limits",
    "LotInspection",
    "LotPlan",
    "Measured",
    "Pair",
    "PlannedPrecision",
    "PlannedStratum",
    "Rate",
    "Representativeness",
    "Reviews",
    "RuleVerdict",
    "Rules",
    "Sample",
    "Scale",
    "Scores",
    "SeverityChange",
    "Size",
    "Tally",
    "Tree",
    "Trust",
    "TrustCause",
    "TrustDecision",
    "TrustEvidence",
    "TrustGate",
    "TrustReason",
    "TrustThresholds",
    "Weighted",
    "Window",
    "acceptance_probability",
    "adjusted",
    "after_lot",
    "back_to_normal",
    "began_at",
    "calls_in",
    "chance_of_difference",
    "chance_of_new",
    "change",
    "clopper_pearson",
    "clopper_pearson_each",
    "code_letter",
    "cohen_kappa",
    "connected_groups",
    "control_chart",
    "corrected_rate",
    "decide_trust",
    "difference",
    "difference_of_means",
    "enough",
    "equal_allocation",
    "estimate_leniency",
    "exact_agreement",
    "grade",
    "growth",
    "gwet_ac1",
    "inclusion_probabilities",
    "krippendorff_alpha",
    "leniency_drift",
    "missed",
    "net_promoter_score",
    "p_limits",
    "pairwise",
    "plan_for",
    "plan_of",
    "planned_precision",
    "post_stratified_rate",
    "precision",
    "prevalence",
    "proportional_allocation",
    "quality_accepted",
    "recall",
    "representativeness",
    "response_rates",
    "resumed",
    "reviews_needed",
    "risk_from_hits",
    "risk_weighted_sample",
    "rule_agreement",
    "rules_for",
    "share_found",
    "simple_sample",
    "size_of",
    "spread_sample",
    "stacked_rate",
    "stratified_sample",
    "tiers",
    "weighted_answers",
    "weighted_mean",
    "weighted_rate",
    "weighted_share",
    "wilson",
    "wilson_each",
    "within_one",
]
