// What the words of SQL are to the tokenizer: one letter for each class that the judgement tells apart.
// Words that only matter inside a sentence of SQL and are plain English outside it are classes too; no
// class scores by itself.
const classes: Readonly<Record<string, string>> = {
  "&": "and or xor",
  "!": "not",
  l: "like rlike regexp ilike glob similar sounds",
  i: "is in between match contains",
  U: "union except intersect minus",
  S: "select",
  F: "from",
  W: "where",
  H: "having",
  B: "by",
  G: "group order",
  I: "into",
  L: "limit offset",
  D: "insert update delete drop alter create truncate exec execute declare shutdown replace grant revoke call print merge waitfor copy set begin handler",
  T: "table database view index procedure function schema column trigger user tables databases immediate",
  V: "values",
  N: "null true false",
  A: "all distinct top",
  C: "case",
  w: "when then else",
  E: "end",
  R: "delay time",
};

// Functions that answer by taking time, by an error or from outside the database: a call of one of
// these with an argument is an attack wherever it can stand.
const strong =
  "sleep pg_sleep benchmark extractvalue updatexml load_file load_extension make_set elt xmltype randomblob generate_series dbms_pipe.receive_message dbms_lock.sleep dbms_session.sleep utl_http.request utl_inaddr.get_host_address utl_inaddr.get_host_name ctxsys.drithsx.sn lo_import lo_export lo_get lo_from_bytea pg_read_file pg_ls_dir pg_read_binary_file dblink openrowset opendatasource xp_cmdshell xp_dirtree xp_fileexist xp_regread sp_executesql sp_oacreate fn_listextendedproperty group_concat string_agg sqlite_version name_const gtid_subset gtid_subtract json_keys row_count unistr find_in_set json_extract query_to_xml database_to_xml current_setting sysdate has_dbaccess is_srvrolemember dbms_xmlgen.getxml sys.fn_xe_file_target_read_file";

// Ordinary functions, whose names are also words.
const ordinary =
  "char chr ascii ord concat concat_ws substring substr mid left right length len upper lower ucase lcase cast convert hex unhex bin count max min avg sum round floor rand exp ifnull isnull nullif coalesce if iif user current_user session_user system_user database schema version now md5 sha1 sha2 aes_encrypt aes_decrypt decode encode instr locate position strcmp reverse replace trim row char_length bit_count cursor extract div exists last_insert_id connection_id to_base64 from_base64 uuid pg_client_encoding quote_literal quote_ident array_agg array_to_string regexp_substr regexp_replace datepart dateadd db_name object_id col_name suser_sname ord";

const identifiers =
  "information_schema sysobjects syscolumns sysdatabases sysusers sqlite_master sqlite_schema pg_catalog pg_tables pg_user pg_shadow pg_database all_tables all_users user_tables all_tab_columns dba_users msysobjects performance_schema mysql.user mysql.db master..xp_cmdshell sys.databases sys.tables sys.user$ v$version table_name table_schema column_name dual";

function build(): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const word of ordinary.split(" ")) map.set(word, "g");
  for (const word of strong.split(" ")) map.set(word, "f");
  for (const word of identifiers.split(" ")) map.set(word, "x");
  for (const [letter, words] of Object.entries(classes))
    for (const word of words.split(" ")) map.set(word, letter);
  return map;
}

const words = /* @__PURE__ */ build();
/** Functions that tell of the connection, and nouns of a statement where they are not called. */
const calledNouns: ReadonlySet<string> = new Set(["user", "database", "schema"]);

/**
 * The class of a lower-case word, and whether a call follows: "f" and "g" are only functions when they
 * are called, and any other word that is called is a "g" as well.
 */
export function classOfWord(word: string, isCalled: boolean): string {
  const letter = words.get(word) ?? dottedClass(word);
  if (letter === "f" || letter === "g") return isCalled ? letter : "n";
  if (isCalled && letter === "T" && calledNouns.has(word)) return "g";
  if (letter !== "n") return letter;
  return isCalled ? "m" : "n";
}

/** `information_schema.tables` is as telling as its first half. */
function dottedClass(word: string): string {
  const dot = word.indexOf(".");
  if (dot < 0) return "n";
  const first = words.get(word.slice(0, dot));
  return first === "x" ? "x" : "n";
}
