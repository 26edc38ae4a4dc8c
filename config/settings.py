"""One settings module; every variable is listed in docs/reference/settings.md."""

import re
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from config.database import database
from config.env import (
    env_choice,
    env_file,
    env_flag,
    env_folder,
    env_list,
    env_networks,
    env_number,
    env_origins,
    env_secret,
    env_text,
    env_url,
    env_zone,
    secret_file,
)
from config.jobs import JOBS, SCHEDULES  # noqa: F401  settings like any other
from config.offers import (  # noqa: F401  settings like any other
    CHANGES,
    CHECKS,
    CONTROLS,
    CUSTOMER_ROWS,
    IMPORTS,
    MEASURES,
    MENU,
    ORIGINS,
    PANELS,
    SEARCH,
    SEEDS,
    SERVED,
    SUBJECTS,
)
from lingzhi.core.logging import FORMS, LEVELS, configure_logging

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env_text("DATA_DIR", str(BASE_DIR / "var"))).resolve()
VERSION = re.search(r"^## (\S+)", (BASE_DIR / "CHANGELOG.md").read_text(), re.M).group(1)  # type: ignore[union-attr]

DEBUG = env_flag("DEBUG")
SECRET_KEY = secret_file("SECRET_KEY_FILE", DATA_DIR / "secret_key", get_random_secret_key)
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
TRUSTED_PROXIES = env_networks("TRUSTED_PROXIES")
CSRF_TRUSTED_ORIGINS = env_origins("CSRF_TRUSTED_ORIGINS")
IS_SECURE = env_flag("HTTPS")
SITE_URL = env_url("SITE_URL").rstrip("/")  # how customers reach this installation
CALENDAR_FILE = env_file("CALENDAR_FILE")
DEMO = env_flag("DEMO")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "lingzhi.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "lingzhi.core",
    "lingzhi.audit",
    "lingzhi.jobs",
    "lingzhi.notifications",
    "lingzhi.files",
    "lingzhi.imports",
    "lingzhi.org",
    "lingzhi.approvals",
    "lingzhi.rulebook",
    "lingzhi.kpis",
    "lingzhi.customers",
    "lingzhi.knowledge",
    "lingzhi.contacts",
    "lingzhi.improvement",
    "lingzhi.cases",
    "lingzhi.surveys",
    "lingzhi.inspections",
    "lingzhi.governance",
    "lingzhi.reports",
    "lingzhi.conformity",
    "lingzhi.portal",
    "lingzhi.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lingzhi.core.middleware.request_origin",
    "lingzhi.portal.middleware.bounded_bodies",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lingzhi.rulebook.terms.terms_of_the_regulation",
    "lingzhi.rulebook.middleware.ask_words_once",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lingzhi.accounts.middleware.session_limits",
    "lingzhi.accounts.middleware.first_duties",
    "lingzhi.core.middleware.domain_errors",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lingzhi.core.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database(env_text("DATABASE_URL"), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

# --- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "lingzhi.accounts.passwords.PolicyValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["staff_no", "name", "email"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ROLES_OF = "lingzhi.org.queries.roles_of"
REACH_OF = "lingzhi.org.queries.reach"
SETUP_VIEW = "org:setup"
SETUP_PATH = "lingzhi.org.services.setup_path"
SECOND_FACTOR_REQUIRED = not DEMO
SESSION_ENGINE = "lingzhi.accounts.sessions"
SESSION_COOKIE_AGE = 24 * 3600  # the longest the security policy may allow

ACCOUNT_ADAPTER = "lingzhi.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "lingzhi.accounts.forms.SignInForm",
    "reset_password": "lingzhi.accounts.reset.ForgottenForm",
    "reset_password_from_key": "lingzhi.accounts.forms.NewPasswordForm",
    "change_password": "lingzhi.accounts.forms.OwnPasswordForm",
    "reauthenticate": "lingzhi.accounts.forms.PasswordAgainForm",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_USER_MODEL_USERNAME_FIELD = "staff_no"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# A whole centre stands behind one address; single people are locked out by `accounts.lockout`.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "300/m/ip"}
MFA_ADAPTER = "lingzhi.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "lingzhi.accounts.codes.FirstCodeForm",
    "authenticate": "lingzhi.accounts.codes.SecondFactorForm",
    "reauthenticate": "lingzhi.accounts.codes.SecondFactorAgainForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # RFC 6238: one step for clocks that differ
AXES_HANDLER = "lingzhi.accounts.lockout.LockOut"
AXES_LOCKOUT_CALLABLE = "lingzhi.accounts.lockout.locked_page"
AXES_USERNAME_FORM_FIELD = "username"  # what allauth calls the staff number
AXES_VERBOSE = False

# --- mail ---------------------------------------------------------------------------------------
EMAIL_HOST = env_text("EMAIL_HOST")
EMAIL_PORT = env_number("EMAIL_PORT", 587, at_least=1, at_most=65_535)
EMAIL_HOST_USER = env_text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env_secret("EMAIL_PASSWORD_FILE")
EMAIL_USE_TLS = env_flag("EMAIL_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env_text("EMAIL_FROM", "lingzhi@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"

# --- language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "lz_language"
USE_I18N = True
FORMAT_MODULE_PATH = "lingzhi.core.formats"
USE_TZ = True
TIME_ZONE = env_zone("TZ", "Asia/Shanghai")

# --- files --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True  # no collecting: the files are served from where they stand
WHITENOISE_AUTOREFRESH = False
RECORDINGS_FOLDER = env_folder("RECORDINGS_FOLDER")
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- safety -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_HSTS_PRELOAD = IS_SECURE
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_NAME = "__Host-lz_session" if IS_SECURE else "lz_session"
CSRF_COOKIE_NAME = "__Host-lz_csrf" if IS_SECURE else "lz_csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_HTTPONLY = True

# --- work in the background ---------------------------------------------------------------------
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["short", "long"],
    }
}

WORKER_BEAT_SECONDS = 5.0
WORKER_DEAD_SECONDS = 30.0  # without a heartbeat: its jobs go to others
# Open at once in each process for pages; `streams` has a number of its own.
LIVE_STREAMS = env_number("LIVE_STREAMS", 100, at_least=1, at_most=10_000)
JOB_SECONDS = {"short": 300, "long": 6 * 3600}  # a job that takes longer is stopped
LOGGING = configure_logging(
    env_choice("LOG_FORMAT", "json", FORMS), env_choice("LOG_LEVEL", "INFO", LEVELS)
)

# --- the REST API ------------------------------------------------------------------------------
API_CALLS = env_number("API_CALLS", 600, at_least=1, at_most=10_000_000)  # a minute and token

CHAT_STARTS = env_number("CHAT_STARTS", 30, at_least=1, at_most=1_000_000)  # a minute and address

# --- calls to other machines: closed unless opened --------------------------------------------
EGRESS_ALLOW = env_origins("EGRESS_ALLOW")
EGRESS_NETWORKS = env_networks("EGRESS_NETWORKS")
MAIL_ALLOW = env_list("MAIL_ALLOW")
MAIL_TOKENS = env_folder("MAIL_TOKENS")
MAIL_MEGABYTES = env_number("MAIL_MEGABYTES", 30, at_least=1, at_most=500)
LLM_URL = env_url("LLM_URL")
LLM_MODEL = env_text("LLM_MODEL")
LLM_KEY = env_secret("LLM_KEY_FILE")
LLM_SECONDS = env_number("LLM_SECONDS", 60, at_least=1, at_most=600)
LLM_CALLS = env_number("LLM_CALLS", 1000, at_least=0, at_most=10_000_000)
LLM_RUN_SECONDS = env_number("LLM_RUN_SECONDS", 600, at_least=1, at_most=86_400)
LLM_MAX_CHARS = env_number("LLM_MAX_CHARS", 30_000, at_least=1000, at_most=10_000_000)

# --- what the program comes with, and what lower apps ask of upper ones ---------------------
PACKS = BASE_DIR / "packs"  # the rule packs that come with the program
EXAMPLE_SHEETS = BASE_DIR / "data" / "sheets"  # score sheets to begin with
FIRST_RULES = BASE_DIR / "data" / "rules" / "first"  # offered to a centre without rules
INSPECTION_GROUP = 400  # conversations judged between two commits

READINESS = ["lingzhi.jobs.health.workers"]
LATER = "lingzhi.jobs.services.later"
CENTRE_NAME_OF = "lingzhi.org.queries.centre_name"
CASE_TYPES_OF = "lingzhi.cases.queries.mail.type_choices"
CHANNELS_OF = "lingzhi.contacts.channels.channel_choices"
RULE_HITS = "lingzhi.inspections.hits.HITS"
BELL = "lingzhi.notifications.queries.bell"
