// SQL that needs no breakout to be read: a statement after a semicolon, a clause that no other language
// has, and, where a parameter takes something short, a call or the name of a system table by itself.
import { hitOf, type Hit, type Value } from "./detector.ts";

const name = String.raw`[\w.$\[\]"\x60@]{1,64}`;
const statement = [
  String.raw`alter\s{1,8}(?:table|database|user|login|role|session|system)\s{1,8}${name}(?:\s{1,8}(?:add|drop|modify|rename|character|charset|collate|set|convert|identified|with|enable|disable)\b|\s{0,4}(?:;|--|#|$))`,
  String.raw`create\s{1,8}(?:or\s{1,8}replace\s{1,8})?(?:temporary\s{1,8})?(?:table|view|index|procedure|function|trigger|database|user|login|role|aggregate\s{1,8}function)\s{1,8}${name}\s{0,4}(?:\(|as\b|returns\b|identified\b|begin\b|for\b|on\b|with\b|like\b|;|--)`,
  String.raw`update\s{1,8}${name}\s{1,8}set\s{1,8}${name}\s{0,4}=`,
  String.raw`(?:insert|replace)\s{1,8}into\s{1,8}${name}\s{0,4}(?:\(|values\b|select\b|default\b|set\b)`,
  String.raw`delete\s{1,8}from\s{1,8}${name}\s{0,4}(?:$|;|--|#|where\b)`,
  String.raw`drop\s{1,8}(?:table|database|user|view|procedure|function|index|schema|login)\s{1,8}(?:if\s{1,8}exists\s{1,8})?${name}\s{0,4}(?:$|;|--|#|cascade\b)`,
  String.raw`truncate\s{1,8}table\s{1,8}${name}\s{0,4}(?:$|;|--|#)`,
  String.raw`grant\s{1,8}(?:all|select|insert|update|delete|execute|create|drop|usage|dba|connect)\b[\w, ]{0,64}?\s{1,8}(?:on|to)\s{1,8}[\w.*$]`,
  String.raw`exec(?:ute)?\s{1,8}(?:(?:master|msdb|sys)?\.{0,2}(?:dbo\.)?(?:sp|xp)_\w|immediate\s{1,8}['"\x60(]|\(\s?[@'])`,
  String.raw`copy\s{1,8}(?:${name}|\([^)]{1,256}\))\s{1,8}(?:from|to)\s{1,8}(?:program\b|'|stdin|stdout)`,
  String.raw`load\s{1,8}(?:data|xml)\s{1,8}(?:local\s{1,8}|low_priority\s{1,8})?infile\b`,
  String.raw`attach\s{1,8}database\s{1,8}['"(]`,
  String.raw`pragma\s{1,8}(?:table_info|table_list|database_list|writable_schema|foreign_keys|key|user_version)\b`,
  String.raw`bulk\s{1,8}insert\s{1,8}${name}\s{1,8}from\b`,
  String.raw`backup\s{1,8}(?:database|log)\s{1,8}${name}\s{1,8}to\b`,
  String.raw`handler\s{1,8}${name}\s{1,8}(?:open|read|close)\b`,
  String.raw`rename\s{1,8}table\s{1,8}${name}\s{1,8}to\b`,
  String.raw`merge\s{1,8}into\s{1,8}${name}\s{1,8}using\b`,
  String.raw`(?:declare|set)\s{1,8}@[\w@]{1,32}\s{0,4}(?:=|,|as\b|n?varchar|n?char|int|$)`,
  String.raw`prepare\s{1,8}\w{1,32}\s{1,8}from\b`,
  String.raw`kill\s{1,8}\d{1,8}\s{0,4}(?:$|;|--|#)`,
].join("|");
const stacked = new RegExp(String.raw`;[\s(]{0,8}(?:${statement})`);
const alone = new RegExp(String.raw`^[\s\d'"\x60();-]{0,12}(?:${statement})`);

/** Clauses and calls that only SQL has, wherever they stand. */
const clauses =
  /\binto\s{1,8}(?:out|dump)file\s{0,4}['"(]|\blines\s{1,8}terminated\s{1,8}by\b|\bprocedure\s{1,8}analyse\s{0,4}\(|\d\.e\s?[(),]|(?:\d|\.|\\n)union[\s(]{1,8}(?:(?:all|distinct)[\s(]{1,8})?select\b|'\s?[{[][^']{0,128}[}\]]'\s{0,4}(?:::\s?jsonb?|[@<]?@>?|<@|#?->>?)|\bjson_(?:depth|length|valid|type|keys|contains)\s?\(\s?'[{[]|\breturns\s{1,8}(?:string|integer|real)\s{1,8}soname\b|\b(?:geometrycollection|(?:multi)?(?:point|polygon|linestring))\s?\({1,4}\s?select\b|\bis_srvrolemember\s?\(|\bjsonb?_(?:typeof|array_length|each|object_keys|build_object|extract_path)\s?\(|\b\w{1,32}\s?[@<]@?>\s?'[{[]|^[^'"]{0,64}['"]\s?(?:or|and|\|\||&&)\s?['"][\w%]{1,3}$/;

/** Names of system tables and procedures, and calls, as all there is. */
const wholes: readonly RegExp[] = [
  /^[\s'"(]{0,4}(?:information_schema(?:\.\w{1,64})?|sysobjects|syscolumns|sysdatabases|sqlite_(?:temp_)?(?:master|schema)|pg_(?:catalog|toast|shadow|user|tables|database|stat_activity)(?:\.\w{1,64})?|msysobjects|msysaccess\w{1,16}|master\.{1,2}\w{1,64}|mysql\.(?:user|db)|tempdb|northwind|all_tables|user_tables|all_tab_columns|v\$version|sys\.(?:databases|tables|objects)|performance_schema(?:\.\w{1,64})?|table_schema|schema_name|db_name)[\s'")(;#-]{0,8}$/,
  /\b(?:xp_(?:cmdshell|regread|regwrite|reg\w{3,16}|dirtree|fileexist|servicecontrol|subdirs|availablemedia|enumdsn|loginconfig|makecab|ntsec_\w{1,24}|terminate_process|execresultset)|sp_(?:oacreate|oamethod|executesql|addlogin|addsrvrolemember|addextendedproc|password|configure|makewebtask|helptext|prepare|execute|sqlexec|replwritetovarbin|addtempdb))\b/,
  /^\W{0,4}(?:user|current_user|session_user|system_user|database|schema|version|now|pi|sysdate|getdate|row_count|found_rows|last_insert_id|connection_id|db_name|host_name|suser_name|user_name|uuid|rand|utl_inaddr\.\w{1,24})\s?\(\s?\)\s?(?:--|#|$)/,
  /^\W{0,8}(?:concat(?:_ws)?|group_concat|char|chr|unhex|hex|ascii|ord|substr(?:ing)?(?:_index)?|mid|nullif|ifnull|isnull|coalesce|cast|convert|conv|export_set|field|find_in_set|aes_(?:en|de)crypt|des_(?:en|de)crypt|(?:un)?compress|encrypt|(?:old_)?password|md5|sha[12]?|crc32|to_base64|from_base64|benchmark|sleep|pg_sleep|load_file|lo_(?:import|export)|dblink\w{0,16}|pg_\w{1,32}|dbms_\w{1,32}\.\w{1,32}|utl_\w{1,16}\.\w{1,32}|xmltype|json_\w{1,32}|extractvalue|updatexml|st_\w{1,32}|bit_\w{1,16}|char(?:acter)?_length|octet_length|charindex|patindex|quotename|stuff|unicode|nchar|date_(?:add|sub|format)|str_to_date|from_(?:unixtime|days)|unix_timestamp|sec_to_time|period_(?:add|diff)|utc_\w{1,16}|master_pos_wait|get_lock|release_lock|is_(?:free|used)_lock|inet_(?:aton|ntoa)|name_const|likely|likelihood|unlikely|zeroblob|randomblob|total_changes|sqlite_\w{1,24}|load_extension|strftime|julianday|typeof|instr|locate|elt|make_set|iif|rpad|lpad|soundex|dense_rank|ntile|openquery|openrowset|opendatasource|has_perms_by_name|fn_\w{1,24})\s?\(.{0,2048}\)\W{0,8}(?:--.{0,32}|#.{0,32})?$/,
  /\bcollate\s{1,4}(?:nocase|\w{2,16}_(?:bin|ci|cs|ci_ai|ci_as))\b/,
  /\bselect\b(?:(?!\bselect\b)[^;]){1,256}?\bfrom\s{1,8}(?:information_schema|mysql|pg_|sys|sqlite_|all_|user_|dba_|dual\b|v\$)/,
  /^\W{0,4}select[\s(]{1,8}(?:@@|\*\s{1,4}from\s{1,4}\S|(?:if|case|sleep|version|user|database|load_file|concat|char|pg_\w{1,24})\s{0,4}\()/,
  /^\W{0,4}(?:if|iif|case\s{1,8}when)\s{0,4}\(?\s{0,4}\d{1,8}\s?[=<>]{1,2}\s?\d{1,8}/,
  /^['"]?\s?[-+*^&|=]{1,2}\s?['"]$/,
  /^[^\s'"`]{0,64}['"`](?:\s?;|\s{1,2}(?:--|#|\/\*))\s{0,8}$/,
  /^[^\s'"`]{0,64}['"]\s{0,4}(?:not\s{1,4})?(?:r?like|regexp|glob|div|mod|in|between|sounds\s{1,4}like)\s{0,4}\(?['"]?[^\s'"]{0,32}(?:$|['"])/,
  /^\s{0,4}(?:'[^']{0,32}'\s?=\s?'[^']{0,32}'|"[^"]{0,32}"\s?=\s?"[^"]{0,32}")\s{0,4}$/,
  /^-?\d{1,8}\s{1,4}(?:or|and)\s{1,4}(?:true|false|null|not\b|\w{1,32}\s{1,4}(?:is|like|in|between)\b)/,
  /^\W{0,4}\|\|\s?\d{1,8}\s?={1,2}\s?\d/,
];

/** SQL that stands without a quote or bracket to break out of. */
export function inStatements(value: Value): Hit | undefined {
  const { lower } = value;
  const hit = hitOf(stacked.exec(lower), 5) ?? hitOf(clauses.exec(lower), 5);
  if (hit || !value.isShort) return hit;
  const statement = hitOf(alone.exec(lower), 5);
  if (statement || !value.isTerse) return statement;
  for (const pattern of wholes) {
    const found = hitOf(pattern.exec(lower), 5);
    if (found) return found;
  }
  return undefined;
}
