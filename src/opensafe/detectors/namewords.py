"""Words that stand where a name would and are none: of statistics, software, fonts, places and the calendar."""

_NO_PERSON_LIST = (
    # Names of methods, tests, distributions and indices, of people who are long dead.
    "bayes bayesian bernoulli bland altman bonferroni breslow charlson chi cramer dirichlet elixhauser euler"
    " fourier galton gauss gaussian gini gompertz granger hausdorff kaplan kolmogorov kruskal laplace lasso lemeshow"
    " levenshtein mahalanobis markov meier mersenne monte pareto poisson ramer rayleigh shapiro smirnov spearman"
    " student tukey wald weibull whitney wilcoxon winkler jaro jaccard zipf barthel waterlow apgar"
    # Programs and services.
    " anaconda apache azure cortana django elmo emis excel jest jupyter laravel lucene mercurial mongo ollama oracle"
    " plotly rust sas scala sharepoint stata tableau vertica virtuoso"
    # Fonts.
    " arial baskerville calibri cambria candara consolas courier deja garamond helvetica lucida mono segoe tahoma times"
    " trebuchet ubuntu verdana serif sans tai"
    # The calendar.
    " january february march july september october november december monday tuesday wednesday thursday friday saturday"
    " sunday easter christmas mon tue wed thu fri sat jun jul aug sep oct nov dec"
    # Parts of the world, of a hospital, of an address.
    " africa america asia britain canada christ czech england europe france germany hong india italy japan kong marino"
    " mayen nazi pakistan poland porto san santa scotland spain"
    " wales nigeria latin cyrillic arabic house lodge street unit"
    # Words of data and code that lists of names hold.
    " an case code data date doe dummy example foo bar baz index key list main new null note number person sample"
    " section see string sum table test true type user value version"
)
NO_PERSON = frozenset(_NO_PERSON_LIST.split())
"""Neither half of a name that two lists alone tell of."""

_FOLLOWS_NO_PERSON_LIST = (
    "academy algorithm award building campus centre center classification clinic coefficient college correction"
    " council county court criteria criterion disease distribution drive estimator foundation garden gardens hall"
    " hospital hospitals house index infirmary institute institution lane laboratory law lecture library licence"
    " license limited ltd medal medical memorial method model museum nhs park press prize regression road scale school"
    " score square statistic statistics street surgery symptom syndrome test theorem trust university ward inc"
    " community healthcare health hospice unit wing suite avenue crescent grove terrace chapel pharmacy practice sons"
    " orthopaedic"
)
FOLLOWS_NO_PERSON = frozenset(_FOLLOWS_NO_PERSON_LIST.split())
"""What is called after somebody: the Jane Example Hospital."""

_OF_PROGRAMS_LIST = (
    "amazon api app application apps aws azure beanstalk client cloud corporation dashboard database framework gateway"
    " jar library loader management microsoft mobile parties pipeline pipelines plugin portal"
    " processor queue release scaling server service services storage studio swagger system systems ui web webhooks"
)
OF_PROGRAMS = frozenset(_OF_PROGRAMS_LIST.split())
"""A word of these in something of several words says that it is called so, and nobody: `Order Swagger UI`."""

_BEGINS_NO_PERSON_LIST = (
    "a an the if in of on to for from not no as at by is it north south east west northern southern eastern western"
    " greater upper lower inner outer central mid middle great new"
)
BEGINS_NO_PERSON = frozenset(_BEGINS_NO_PERSON_LIST.split())
"""What no given name is, and what a region may begin with: `West Midlands`."""
