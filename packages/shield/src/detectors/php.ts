// PHP that a server would run: an opening tag with code after it, a call of a dangerous function with
// arguments, a superglobal, a serialised object. A function's name in a sentence is not a call.
import { firstHit, hitOf, type Detector, type Hit } from "./detector.ts";

const patterns: readonly (readonly [RegExp, number])[] = [
  [
    /<\?(?:=|\s{0,8}$|\s{1,8}(?:(?:echo|print|if|for|foreach|while|switch|function|class|include|require|return|use|eval|php|exit|die|global|goto|try)\b|[$(@`]|\w{1,40}\s{0,4}[(=;]))/,
    5,
  ],
  [/<\?\s{0,8}php[\s(:;]{1,16}[^?]{0,64}?["'($;=`]|<\?xml\s{0,16}[:(;]/, 5],
  [/[[{]\/?\\?php[\]}]/, 5],
  [/\$(?:_(?:get|post|request|server|cookie|files|session|env)|globals)\s?[[{]/, 5],
  [
    /\$\{@?(?:print|eval|system|sleep|phpinfo|exec|passthru|die|md5|var_dump)\s?\(|\{\$\{(?:sleep|print|system|phpinfo)/,
    5,
  ],
  // a quote or a statement closed, then a call
  [
    /(?:^|["';)}.,])\s{0,2}@?(?:exit|die|print|print_r|var_dump|echo)\s?\(\s{0,2}(?:md5|phpinfo|chr|sha1|system|exec)\s?\(|^echo\s{1,4}(?:md5|sha1|phpversion|php_uname|getcwd)\s?\([^)]{0,64}\);?$/,
    5,
  ],
  [
    /["'][.;]\s{0,4}@?(?:system|exec|shell_exec|passthru|popen|proc_open|eval|assert|phpinfo|sleep|file_get_contents|file_put_contents|base64_decode)\s?\(/,
    5,
  ],
  // a call as the whole value
  [
    /^[\s;@]{0,8}(?:system|exec|shell_exec|passthru|popen|proc_open|eval|assert|create_function|call_user_func(?:_array)?|file_put_contents|readfile|show_source|move_uploaded_file|base64_decode|file_get_contents|fopen|preg_replace)\s{0,4}\(\s{0,4}["'$][^)]{0,256}/,
    5,
  ],
  [
    /^[\s;@]{0,8}(?:phpinfo|getcwd|get_defined_vars|phpversion)\s{0,4}\(\s{0,4}\)\s{0,4};?\s{0,4}$/,
    3,
  ],
  [/\bchr\s?\(\d{1,3}\)\s?\.\s?chr\s?\(\d{1,3}\)/, 5],
  // serialised objects
  [/^\s{0,4}data:(?:[^,]{0,64};)?base64,pd(?:9w|89)|^\s{0,4}data:;base64,/, 5],
  [/(?:^|[;{"])[oc]:\+?\d{1,6}:\\?"[\w\\]{1,128}\\?":\+?\d{1,6}:\{/, 5],
  // configuration by argument
  [
    /(?:allow_url_include|auto_prepend_file|auto_append_file|disable_functions|safe_mode|open_basedir|suhosin\.\w{1,32})\s{0,4}=/,
    5,
  ],
  [/\\think\\(?:app|container|request|template)|invokefunction&|s=\/?index\/\\?think/, 5],
  [/\$\w{1,32}\s?\(\s?(?:["']|\$_)|\$\w{1,32}\s?=\s?["'`]?\w{0,16}["'`]?\s?;\s?\$\w{1,32}\s?\(/, 5],
];

/** Functions no form asks for by name. */
const dangerous = String.raw`(?:__halt_compiler|apache_child_terminate|array_(?:map|filter|walk|reduce|diff_u\w{1,8})|assert|base64_(?:de|en)code|bz(?:de)?compress|call_user_(?:func|method)(?:_array)?|convert_uu(?:en|de)code|create_function|curl_(?:exec|init|file_create)|disk_free_space|eval|exec|escapeshell(?:arg|cmd)|extract|file(?:_get_contents|_put_contents|_exists|perms|owner|mtime|size)?|fopen|fsockopen|fputs|fwrite|fread|readfile|func_get_args|get(?:cwd|env|lastmod|my(?:uid|pid|inode)|defined\w{0,16})|get_(?:cfg_var|class\w{0,16}|current_user|defined_\w{4,12}|loaded_extensions|object_vars)|glob|gz(?:inflate|uncompress|decode|deflate|open|file|encode|compress)|highlight_(?:file|string)|image(?:create\w{1,24}|png|jpeg|gif)|include(?:_once)?|require(?:_once)?|ini_(?:set|get|restore|alter)|is_(?:callable|readable|writ(?:e)?able|executable)|link|symlink|ls|md5_file|mkdir|rmdir|move_uploaded_file|mysqli?_\w{3,24}|ob_(?:start|get_\w{3,12}|end_\w{3,8})|opendir|openlog|parse_(?:ini_file|str)|passthru|pcntl_\w{3,16}|pfsockopen|pg_\w{3,24}|php(?:info|version|credits|_uname|_sapi_name|_strip_whitespace)|popen|posix_\w{3,24}|preg_(?:replace\w{0,20}|match\w{0,4}|quote|split|grep)|print_r|proc_(?:open|close|terminate|nice|get_status)|putenv|dl|mail|raw?url(?:en|de)code|read(?:dir|link|gzfile)|register_(?:shutdown|tick)_function|rename|unlink|tempnam|tmpfile|touch|copy|chmod|chown|chgrp|scandir|serialize|unserialize|session_\w{3,20}|set(?:cookie|_(?:time_limit|error_handler|include_path|magic_quotes_runtime|file_buffer|exception_handler))|sha1_file|shell_exec|show_source|simplexml_load_(?:file|string)|spl_autoload\w{0,16}|str_(?:rot13|repeat|replace)|stream_\w{3,32}|strrev|system|sys_getloadavg|syslog|trigger_error|u[ak]?sort|user_error|usleep|var_dump|var_export|virtual|xmlrpc_\w{3,20}|zip_\w{3,20})`;
/** Settings of PHP, given to it from outside. */
const setting =
  /(?:^|[\s;&?"'-])(?:allow_url_fopen|arg_separator\.\w{2,8}|asp_tags|assert\.\w{2,12}|auto_(?:detect_line_endings|globals_jit)|browscap|disable_classes|display_(?:startup_)?errors|doc_root|enable_dl|enable_post_data_reading|error_(?:append_string|log|prepend_string|reporting)|expose_php|extension_dir|file_uploads|html_errors|implicit_flush|include_path|log_errors\w{0,12}|magic_quotes_\w{2,8}|max_(?:execution|input)_\w{2,16}|mail\.add_x_header|memory_limit|opcache\.\w{2,32}|output_(?:buffering|handler)|post_max_size|precision|realpath_cache_\w{2,8}|register_(?:globals|argc_argv|long_arrays)|request_order|sendmail_(?:from|path)|session\.\w{2,32}|short_open_tag|sql\.safe_mode|sys_temp_dir|track_errors|unserialize_callback_func|upload_(?:max_filesize|tmp_dir)|user_(?:dir|ini\.\w{2,16})|variables_order|xmlrpc_errors?|zend\.\w{2,32}|zlib\.\w{2,32})\s{0,4}=/;

/** What is PHP as a whole value, where no text is expected. */
const wholes: readonly (readonly [RegExp, number])[] = [
  [
    /\$\{?(?:_(?:get|post|request|server|cookie|files|session|env)|globals|http_(?:get|post|cookie|server|env|session|post_files|raw_post)_(?:vars|data)|argv|argc|php_errormsg|http_response_header)\b/,
    5,
  ],
  [
    new RegExp(
      String.raw`^[\s;@'"({.)]{0,8}\\?${dangerous}\s{0,4}(?:/\*.{0,32}?\*/\s{0,4})?\(\s{0,4}(?:["'\[(\d/\\)]|\$\w{1,32}\[|[a-z_]\w{2,40}\s?\()[^\n]{0,512}`,
    ),
    5,
  ],
  [new RegExp(String.raw`["')};]\s?[;.,|&]\s{0,4}@?${dangerous}\s{0,4}\(`), 5],
  [
    /^(?:__halt_compiler|base64_decode|bzdecompress|call_user_(?:func|method)(?:_array)?|convert_uu(?:en|de)code|create_function|file_(?:get|put)_contents|get_defined_(?:constants|functions|vars)|gz(?:decode|inflate|uncompress)|move_uploaded_file|passthru|pcntl_(?:exec|fork)|pfsockopen|fsockopen|phpinfo|posix_getpwuid|preg_replace_callback|proc_open|raw?urldecode|shell_exec|show_source|simplexml_load_(?:file|string)|stream_context_create|unserialize|var_dump|var_export|highlight_file|escapeshellcmd|register_shutdown_function|str_rot13|mysqli?_query|ob_start|print_r)\W{0,4}$/,
    5,
  ],
  [/^\((?:[\s"'.a-z_]|\([a-z_.]{1,16}\)){2,64}\)\s?\(\s?\w{1,32}\s?\);?$/, 5],
  [
    /^[\s;@]{0,8}(?:die|exit|highlight_file|show_source|new\s{1,4}(?:splfileobject|directoryiterator|globiterator|finfo))\s?\(\s?["'_\d][^\n]{0,128}\)\s?;?$/,
    5,
  ],
  [/\$\$[a-z_]|\$\{\s?["'][a-z_]{1,32}["']\s?\}/, 5],
  [/<\?php[^\w]|\?>\s{0,8}<\?/, 5],
  [/^(?:include|require)(?:_once)?\s{1,4}["'(]/, 5],
];

/** A call whose function is spelled by strings, brackets or variables. */
const spelledCall =
  /(?:["'][a-z_]{1,32}["']|\((?:[\s"'.a-z_]|\([a-z_]{1,16}\)){2,64}\)|\[["']?[a-z_]{2,32}["']?\]\[\d\]|\${1,4}\{[^${}]{1,64}\}|\${1,4}[a-z_]\w{0,32}|\{\$[a-z_]\w{0,32}\})(?:\[[^\]]{0,32}\])?\s?\(\s?["'$[]/;

/** PHP where no text is expected. */
function inWhole(lower: string): Hit | undefined {
  const call = hitOf(spelledCall.exec(lower), 5);
  const end = call ? lower.lastIndexOf(")") + 1 : 0;
  return call && end > call.end ? { ...call, end } : firstHit(lower, wholes);
}

export const php: Detector = {
  name: "php",
  keywords:
    "<?|php]|php}|[php|{php|$_|$globals|${@|${s|${p|${e|exit(|die(|print(|md5(|phpinfo|system(|exec(|eval(|assert(|passthru|popen|proc_open|;base64,|base64_decode|file_get|file_put|fopen|readfile|show_source|move_up|call_user|create_func|preg_replace|chr(|:{|allow_url|auto_prepend|auto_append|disable_func|safe_mode|open_basedir|suhosin|think|$|_once|_url_|magic_quotes|session.|opcache.|zend.|zlib.|_errors|error_log|include_path|memory_limit|short_open|upload_|register_|output_|sendmail_|variables_order|doc_root|enable_dl|expose_php|extension_dir|\"(|'(|](|)(|})(|include|require|array_|ini_|preg_|glob(|dl(|mail(|scandir|unlink|getcwd|var_dump|var_export|highlight|unserialize|gzinf|gzunc|gzdec|bzdec|str_rot|putenv|symlink|call_user|__halt|passthru|simplexml|stream_|fsockopen|curl_|ob_start|usort|uasort|uksort|create_f|is_call|is_read|session_|php_uname|phpversion|phpcredits|posix_|pcntl_|mysql|strrev(|readfile|print_r|_query|$b|$c|$f|$x|sleep(".split(
      "|",
    ),
  inAnyHeader: true,
  detect(value) {
    const { lower, isName, place } = value;
    // `<?php` alone, as a name or a cookie, is no code.
    if (place === "header" && !/<\?|\$_|php|[oc]:\d/.test(lower)) return undefined;
    const hit = firstHit(lower, patterns) ?? hitOf(setting.exec(lower), 5);
    if (isName && /^<\?php(?:=|$)/.test(lower)) return undefined;
    if (hit?.score === 5) return hit;
    return (value.isTerse || place === "cookie" ? inWhole(lower) : undefined) ?? hit;
  },
};
