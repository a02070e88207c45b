"""User names and author names that belong to nobody: service accounts, samples, bots."""

from opensafe.model.expressions import expression

_GENERIC = frozenset(
    b"admin administrator adm airflow analyst anonymous anon app appuser application author authors azureuser "
    b"bot build "
    b"builder ci circleci circle codespace contributor contributors daemon data database databricks dbadmin default "
    b"demo deploy dev devcontainer developer developers docker ec2-user email example first git github gitlab group "
    b"guest hadoop home host jenkins jovyan last local localhost login mail me mysql name nobody node none noreply "
    b"ops oracle owner person pi postgres public python rstudio rstudio-user root runner runneradmin sas server "
    b"service shared shiny site spark someone sql ssh support sys system sysadmin team temp test tester tmp travis "
    b"ubuntu unknown user user1 username users vagrant vscode web webmaster work workspace www www-data xxx you "
    b"your-name your_name yourname yourusername your-username your_username myname my_name myuser myusername "
    b"containeradministrator vsts vssadministrator appveyor opc centos fedora debian core steam defaultuser0 "
    b"master main release model models report reports script scripts code project projects analysis research "
    b"gradle node maven django flask elasticsearch logstash kibana kafka zookeeper redis celery nginx apache "
    b"tomcat jboss wildfly keycloak hive hdfs sonarqube selenium seluser pwuser mambauser micromamba nonroot app_user "
    b"superset dagster gitlab-runner bitnami webapp testuser devuser gopher dotnet composer puppeteer gitpod "
    b"documents desktop downloads library conda linux linux1".split()
)
_TEMPLATE = expression(
    rb"^[<{$%\[*.~]|\$\{|\{\{|[>}%]$|^x{2,20}$|^your|^some|^all[ _-]users$"
    rb"|^my[-_]|name$|^redacted|^person[-_ ]?\d|^analyst[-_ ]?\d"
)
_BOT = expression(
    rb"\[bot\]|-bot$|^(?:github-actions|dependabot|renovate|pre-commit-ci|allcontributors|codecov|greenkeeper)"
)
_NO_REPLY = expression(
    rb"^(?:no-?reply|do-?not-?reply|noreply\+?[\w.-]{0,40}|git)@|@(?:example\.\w|[\w.-]{0,60}\.?invalid$)"
)


def is_generic(name: bytes) -> bool:
    """Whether the name or user name is no person's: any case."""
    lowered = name.strip().lower()
    return (
        not lowered or lowered in _GENERIC or _TEMPLATE.search(lowered) is not None or _BOT.search(lowered) is not None
    )


def is_no_reply(email: bytes) -> bool:
    """Whether the address takes no mail and names nobody: `noreply@…`, example domains, our own replacements."""
    return _NO_REPLY.search(email.lower()) is not None
