import { testDetector } from "../../test/cases.ts";

testDetector("nosql", {
  attacks: [
    ["user[$ne]", "name"],
    ["password[$regex]", "name"],
    '{"password":{"$ne":null}}',
    '{"user":{"$gt":""}}',
    '{"$where":"this.a == 1"}',
    '{"$ne":null}',
    ["[$ne]=7", "short"],
    ["{$gt: ''}", "short"],
    "' || this.password.match(/a/) || '",
  ],
  suspicious: [["colour[$regex]", "name"]],
  clean: [
    ["filters[price][$gte]", "name"],
    ["age[$gt]", "name"],
    ["$filter", "name"],
    '{"price":{"$gt":4,"$lt":9}}',
    '{"$or":[{"a":1},{"b":2}]}',
    '{"archived":{"$ne":true}}',
    ['{"$groups":{"a":"b"},"$device_id":"x"}', "cookie"],
    "the $ne operator",
  ],
});

testDetector("ldap", {
  attacks: ["*)(&", "*))", "*)(uid=*", "x)(|(cn=*))", "*(|(mail=*))", "admin)(&)"],
  clean: ["(a*b)(c)", "(a) (b)", "f(x)(y)", "(and) or (not)", ":-)", "*bold* (text)"],
});

testDetector("xxe", {
  attacks: [
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///x">]>',
    '<!ENTITY % a PUBLIC "b" "c">',
    '<xi:include href="http://a.example/b"/>',
    '<a xsi:schemaLocation="http://a.example/a.xsd"/>',
    ['<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://a.example/a.dtd"><a/>', { field: "xml" }],
  ],
  clean: [
    '<?xml version="1.0"?><order><id>4</id></order>',
    "<!DOCTYPE html>",
    ['<a xsi:schemaLocation="urn:a a.xsd"/>', { field: "xml" }],
  ],
});

testDetector("prototype-pollution", {
  attacks: [
    ["__proto__[a]", "name"],
    ["a.__proto__.b", "name"],
    ["constructor[prototype][a]", "name"],
    '{"__proto__":{"a":1}}',
    '{"constructor":{"prototype":{"a":1}}}',
  ],
  clean: [
    "__proto__ or prototype",
    ["prototype", "name"],
    ["constructor", "name"],
    "constructor injection",
    '{"prototype":{"constructor":"a"}}',
  ],
});

testDetector("session-fixation", {
  attacks: [
    'x<script>document.cookie="s=1; domain=.a.example"',
    "<meta http-equiv='Set-Cookie' content='a'>",
  ],
  clean: ["session cookie expires", "cookie recipe"],
});
