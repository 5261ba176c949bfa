// Paths that only a scan asks for. One of them is suspicious; a client that walks a list of them is
// blocked by its history.
import { firstHit, type Detector } from "./detector.ts";

const PROBE_SCORE = 3;
const root = String.raw`^\/(?:[\w-]{1,32}\/){0,2}`;
const patterns: readonly (readonly [RegExp, number])[] = [
  [
    new RegExp(
      `${root}\\.env(?:\\.(?:local|prod|production|dev|development|staging|test|bak|old|save|backup|live|[0-9]))?$`,
    ),
    PROBE_SCORE,
  ],
  [
    new RegExp(
      `${root}\\.(?:git|svn|hg|bzr)(?:\\/(?:config|head|index|logs|refs|objects|entries|wc\\.db|store|requires|hooks)?(?:\\/.{0,64})?)?$`,
    ),
    PROBE_SCORE,
  ],
  [
    new RegExp(
      `${root}\\.(?:aws|ssh|docker|kube|npmrc|pypirc|netrc|htpasswd|htaccess|ds_store|vscode|idea|bash_history|mysql_history|pgpass|my\\.cnf|svnignore|s3cfg|boto|terraform|claude|cursor|codex|continue|aider|windsurf|cline|kiro|opencode|roo|zed|junie|gemini|copilot|devcontainer|circleci|travis\\.yml|config)(?:$|\\/)`,
    ),
    PROBE_SCORE,
  ],
  [
    /^\/(?:[\w-]{1,32}\/){0,2}(?:wp-login\.php|xmlrpc\.php|wp-config\.php(?:[.~]\w{0,8})?|wp-admin\/(?:install|setup-config)\.php|wlwmanifest\.xml)$/,
    PROBE_SCORE,
  ],
  [
    /^\/(?:[\w-]{1,32}\/){0,1}(?:phpmyadmin\d?|pma|myadmin|dbadmin|mysqladmin|sqladmin|adminer(?:-[\d.]{1,8})?\.php|phppgadmin)(?:\/(?:index\.php|scripts\/setup\.php)?)?$/,
    PROBE_SCORE,
  ],
  [
    /^\/(?:[\w-]{1,32}\/){0,2}(?:phpinfo|info|test|shell|cmd|c99|r57|webshell|alfa|wso|b374k|up|upload|eval-stdin|1|x|mini|radio|lufix)\.php\d?$/,
    2,
  ],
  [
    /\/vendor\/phpunit\/|\/eval-stdin\.php$|\/_ignition\/execute-solution|\/_profiler\/(?:phpinfo|open)|\/telescope\/requests/,
    PROBE_SCORE,
  ],
  [
    /^\/(?:[\w-]{1,32}\/)?actuator\/(?:env|heapdump|gateway|jolokia|trace|threaddump|configprops|mappings|loggers)|\/jolokia(?:\/|$)|\/druid\/index\.html$/,
    PROBE_SCORE,
  ],
  [
    /^\/(?:server-status|server-info|elmah\.axd|trace\.axd|console\/login|manager\/html|host-manager\/html|jmx-console|web-console|invoker\/jmxinvokerservlet|solr\/admin|_cat\/indices|owa\/auth\/|ecp\/|autodiscover\/autodiscover\.(?:json|xml)|remote\/login|remote\/fgt_lang|dana-na\/|global-protect\/login|vpn\/index\.html|tmui\/login\.jsp|sslvpn|cgi-bin\/(?:luci|test-cgi|printenv|\.|php|bash|sh|status)|hnap1|boaform\/|goform\/|gponform\/|setup\.cgi|shell\?|evox\/about|nmaplowercheck|sdk$|nice%20ports|portal\/redlion|currentsetting\.htm|stalker_portal|aspnet_client|telerik\.web\.ui\.webresource\.axd|app_master|\+cscoe\+)/,
    PROBE_SCORE,
  ],
  [
    /^\/(?:backup|database|db|dump|site|www|web|wwwroot|htdocs|public_html|data|sql|mysql|localhost|old|new|bak|users|config|credentials|secrets?|id_rsa|private|server|key)\.(?:sql|zip|tar|tar\.gz|tgz|gz|rar|7z|bak|old|dump|sqlite3?|db|mdb|pem|key|ppk)(?:\.gz)?$/,
    PROBE_SCORE,
  ],
  [
    /^\/(?:config(?:uration)?\.(?:php|inc|yml|yaml|json|ini)(?:\.\w{2,5}|~)|web\.config|database\.yml|parameters\.yml|settings\.py|local_settings\.py|docker-compose\.ya?ml|dockerfile|id_rsa|id_dsa|credentials|secrets\.(?:json|ya?ml)|serverless\.ya?ml|composer\.(?:json|lock)|\.?npm-debug\.log|firebase-debug\.log|storage\/logs\/laravel\.log|error_log|debug\.log)$/,
    2,
  ],
  [
    /\.(?:php|jsp|asp|aspx|py|rb|js|env|yml|ini|conf)(?:\.(?:bak|old|orig|save|swp|swo|copy|backup)|~)$/,
    PROBE_SCORE,
  ],
  // servers of other makers, and what their exploits call
  [
    /^\/(?:[\w-]{1,32}\/)?(?:_ignition\/|jenkins\/script|hudson\/script|geoserver\/(?:web|wfs|ows)|nacos\/v\d\/|reportserver|_vti_bin\/|magento_version$|app\/etc\/local\.xml$|debug\/default\/view|administrator\/index\.php$|mysql\/admin|mgmt\/tm\/|wls-wsat\/|_async\/asyncresponseservice|axis2\/|struts2-showcase|securityrealm\/user\/|descriptorbyname\/|api\/jsonws\/invoke|_all_dbs$|containers\/json$|webtools\/control\/|developmentserver\/metadatauploader|vpnsvc\/|webfig\/|admin\/config\.php$|pages\/(?:doenterpagevariables|createpage-entervariables)\.action|[fk]c(?:k?editor|finder)\/|sdk\/weblanguage|phpmyadmin-[\d.]{1,8}\/)/,
    PROBE_SCORE,
  ],
  [/\/wp-(?:content|includes)\/(?:[\w.-]{1,64}\/){0,4}[\w.-]{1,64}\.php$/, PROBE_SCORE],
  [/\/@fs\/|[?&](?:raw|import)\?\?|\/(?:_next|static)\/\.\.\//, PROBE_SCORE],
];

export const probe: Detector = {
  name: "probe",
  keywords:
    "/.|wp-login|xmlrpc|wp-config|wp-admin|wp-content|wp-includes|wlwmanifest|myadmin|/pma|dbadmin|sqladmin|mysqladmin|adminer|phppgadmin|phpinfo|.php|phpunit|_ignition|_profiler|telescope|actuator|jolokia|druid|server-|elmah|trace.axd|console|manager/|invoker|solr|_cat/|owa/|ecp/|autodiscover|remote/|dana-na|global-pro|vpn/|tmui|sslvpn|cgi-bin|hnap1|boaform|goform|gponform|setup.cgi|shell?|evox|nmaplower|/sdk|nice%20|redlion|currentsetting|stalker|aspnet_c|telerik|app_master|+cscoe|.sql|.zip|.tar|.tgz|.gz|.rar|.7z|.bak|.old|.dump|.sqlite|.mdb|.pem|.key|.ppk|config.|database.|parameters.|settings.|compose|dockerfile|id_rsa|id_dsa|credentials|secrets|serverless|debug.log|laravel.log|error_log|.orig|.save|.swp|.swo|.copy|.backup|~|@fs/|web.config|/script|geoserver|nacos/|reportserver|_vti_|magento|local.xml|debug/|administrator|mysql/|mgmt/|wls-wsat|_async/|axis2|struts|securityrealm|descriptorbyname|jsonws|_all_dbs|containers/|webtools|metadataup|vpnsvc|webfig|pages/|editor/|finder/|weblanguage".split(
      "|",
    ),
  detect: ({ lower, place, inner }) =>
    place === "path" && inner === "" ? firstHit(lower, patterns) : undefined,
};
