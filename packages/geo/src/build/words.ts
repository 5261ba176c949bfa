// Words that tell what a network is for, matched at the start of a word of its registered name. Each is a
// regular expression without spaces around it; all are joined into one alternation. The lists are
// functions, so that a bundler drops those of an app that compiles no pack.
const words = (list: () => string): RegExp => {
  const alternatives = list()
    .trim()
    .replace(/\s*\n\s*/g, "|");
  return new RegExp(`(?:^|[^a-z0-9])(?:${alternatives})`, "u");
};

/** Companies that rent out machines, besides those of the service table. */
export const HOSTING_COMPANIES: RegExp = /* @__PURE__ */ words(
  () => String.raw`
  hivelocity|hurricane labs|limestone networks|reliablesite|singlehop|internap|ntt global data|cyrusone
  coresite|switch, ltd|flexential|tierpoint|peak 10|ubiquity serv|steadfast|sharktech|nocix
  wholesale internet|nobis|ramnode|interserver|a2 hosting|inmotion|serverius|i3d|nforce|transip|combell
  one.com|simply.com|loopia|glesys|bahnhof datacenter|beget|reg.ru|ruvds|ddos-guard|firstbyte|aeza
  stark industries|pq hosting|justhost|myloc|keyweb|combahton|mivocloud|alexhost|hostkey|hostsailor|blix
  creanova|seeweb|register.it|clouditalia|dinahosting|acens|ikoula|planethoster|o2switch|alwaysdata
  cloudsigma|nine internet|hostpoint|metanet|cyon|green.ch ag|e2e networks|netmagic|ctrls|web werks|kagoya
  idc frontier|conoha|nifcloud|bit-isle|cafe24|gabia|kinx|ehost|hostus|hostwinds|gthost|globaltelehost
  path network|corero|voxility|serverel|intergrid|ipxo|cherry servers|bacloud|time4vps|interneto vizija
  hostnoc|joes datacenter|data ideas|webair|phoenixnap|secured servers|ctgserver|cloudie|misaka|xtom
  rapidswitch|iomart|ukfast|pulsant|memset|memory hosting|clouvider|redstation|krystal|mythic beasts
  catalyst2|hydra communications|20i|raiola|xneelo|hetzner|domain names registrar|enom|tucows|wpengine
  pantheon systems|kinsta|acquia|platform.sh|mongodb|snowflake|databricks|twilio|sendgrid|mailgun|mailchimp
  rocket science group|zoho|nexcess|perimeter 81|packethub|privatelayer|private layer|mullvad|nordvpn
  tefincom|proton ag|performive|total server|colocation america|colo4|peg tech|petaexpress|cnservers
  multacom|krypt|egihosting|enzu|sprious|blazing seo|rayobyte|oxylabs|bright data|geonode|cloud innovation
  larus|ucloud|qingcloud|leapswitch|noris network|hostdime|network solutions, llc|quickpacket
  input output flood|webnx|hosthatch|gigenet|webzilla|novoserve|deft\.com|carinet|logicweb|volico|globotech
  vegasnap|eonix|it7 networks|b2 net|velia|ghostnet|firstcolo|home\.pl|nazwa\.pl|uk-2|team blue
  heart internet|cyber_folks|masterdc|atman|turnkey internet|melbikomas|syseleven|global layer|edis gmbh
  wowrack|servetheworld|trabia|31173 services|webdock|phoenix nap|amanah|coloup|green floid|ifog|aptum
  cologix|ntirety|iland|nodes direct|23m gmbh|evanzo|powerhouse management|handy networks|advin services
  mevspace|unitedlayer|infolink global|gsl networks|purevoltage|virtono|nextarray|seflow|expedient|lightedge
  datapipe|latitude\.sh|maxihost|databank(?![a-z])|northc(?![a-z])|newtekone|rackdog|scalaxy|terratransit
  binero|nexeon|dingfeng xinhui|luogelang|netskope|mod mission critical|abitcool|edgecenter|edgenext|amarutu
  locaweb|smileserv|netactuate|dogado|jsc iot|fortressitx|tier\.net|navisite|iadvantage
  quality technology serv|yotta(?:src| network| data)|outscale|bit bv|joyent|previder|centrilogic|netrix llc
  ddfr|proen corp|mittwald|biznet gio|axarnet|cleura|casablanca int|dattatec|ru-center|cdlan|solvinity
  cyberfort|beyond\.pl|manitu|neue medien muennich|datasource ag|advania|planeetta|cyso|tilaa|coolhousing
  dataline llc|rumahweb|websupport|miran ltd|21vianet|flokinet|wedos|oktawave|redswitches|octopuce
  total uptime|active 24|digitalservices\.uol|atw internet|complior|infium|base ip b|atlantic metro|koddos
  datawagon|spaceweb|baxet|smart ape|newmedia express|wildcard uk|delska|nttcins|backblaze|wasabi tech
  cachefly|ntt smartconnect|bunny communications|esited|servinga|comvive|vdsina|bluevps|mvps|1337 services
  intercolo|wiit|corespace|ip volume|meteverse|cyberzone|data102|esds software|keminet
`,
);

/** Words that only hosting companies use. */
export const STRONG_HOSTING: RegExp = /* @__PURE__ */ words(
  () => String.raw`
  (?!ghost|echostar)[a-z0-9-]*host(?!el|ess|al|ile|etl)[a-z0-9]*|hospedagem|hospedaje|hebergement
  hébergement|[a-z]*vps(?![a-z])|vps|vds(?![a-z])|data ?-?cent(?:er|re)s?|datacent|dedicated|veri merkezi
  (?!piccolo|nicolo|protocolo)[a-z]*colo(?:cation)?(?![a-z])|bare ?metal|cloud (?:infra|services|comput)
  rechenzentrum|virtual private|virtual machine|web services|dedi[a-z]*(?![a-z])|kubernetes|serverless
  sunucu
`,
);

/** Words that mostly hosting companies use. */
export const WEAK_HOSTING: RegExp = /* @__PURE__ */ words(
  () => String.raw`
  [a-z0-9-]*cloud|(?!observ)[a-z0-9]*server[a-z]*|rack(?!et)[a-z0-9]*|\d+racks?(?![a-z])|idc(?![a-z])|cdn
  content delivery|web solutions|data ?(?:park|vault)|domains?(?![a-z])|compute(?![a-z])|vpn|proxy|proxies
  anycast|ddos|iaas|saas|gpu
`,
);

/** Schools, universities and research networks. */
export const EDUCATION: RegExp = /* @__PURE__ */ words(
  () => String.raw`
  universi[a-z]*|univ(?![a-z])|[a-z]*universit[a-z]*|college|colleges|colegio|schools?(?![a-z])
  school district|academ|academic|educa[tcç]|institute of technology|institut teknologi|polytechn|politechn
  politeknik|politecn|technische hochschule|hochschule|[a-z]*hochschule|fachhochschule|facult|campus
  research network|research and education|research & education|forschungsnetz|k12|k-12|escuela|ecole|école
  instituto tecnol|uninett|renater|surf b\.v|jisc|garr(?![a-z])|consortium garr|sunet|funet|cesnet|belnet
  geant|internet2|cenic|merit network|oarnet|mcnc|risq|canarie|aarnet|tanet|heanet|restena|arnes|carnet|sikt
  nordunet|pionier|litnet|grnet|ulakbim|reuna|rnp(?![a-z])|redclara|csnet|perern|kreonet|kren(?![a-z])
  thaisarn|ernet|national knowledge network|singaren|myren|board of regents|max-planck|fraunhofer
  cern(?![a-z])|desy(?![a-z])|edu(?![a-z])|[a-z]+edu(?![a-z])|okstate|caltech|yale|virginia polytechnic
  georgia tech(?![a-z])|leibniz-rechenzentrum|regionales rechenzentrum|gwdg|akadem|kisti|kifu|tieteen|csiro
  commonwealth scientific|ensino|pesquisa|institute of science and tech|cernet|cstnet|cnic-cas|wiscnet
  aconet|network nebraska|illinois century|los nettos|supercomput|high-performance comput
  infrastructures? for research|fundacao para a ciencia
`,
);

/** The state, and trades whose names hold words of other kinds: "Department of Communications", "Exxon Mobil". */
export const BUSINESS: RegExp = /* @__PURE__ */ words(
  () => String.raw`
  (?:u\.? ?s\.? |us )?dep(?:t\.?|artment) of|minist(?:ry|[eè]r)|e?gov|gobierno|gouvernement|state of
  county of|city of|town of|village of|dod(?![a-z])|u\.s\. (?:house|senate)
  united states (?:dep|postal|senate|house|geol)|army|navy|air force|police|parliament
  bank(?:s|ing)?(?![a-z])|banco|banque|insurance|seguros|assicura|versicherung|hospital(?!ity)|pharma
  airlines?(?![a-z])|intel corp|exxon|te connectivity|ripe ncc|technology authority|zoom video
`,
);

/** Access providers and words that only they use. */
export const STRONG_ISP: RegExp = /* @__PURE__ */ words(
  () => String.raw`
  [a-z]*tele(?:com|kom|fon|phon|com[a-z]*)[a-z]*|telecom|telekom|t[eé]l[eé]com|telecommunic|telecomunic
  broadband|cable|[a-z]*cable|catv|cabo(?![a-z])|fib(?:er|re|ra)|[a-z]*fib(?:er|re|ra)|fibernet|wireless
  wi-?fi|m[oó]vil|mobi(?:l|fone|tel|nil)|cellular|cell(?![a-z])|gsm|lte(?![a-z])|5g(?![a-z])
  communications?(?![a-z])|comunica|komunik|isp(?![a-z])|wisp|internet service|provedor|proveedor
  banda ancha|dsl|adsl|ftth|satellite|vodafone|orange|verizon|at&t|comcast|charter|cox(?= )|centurylink
  lumen|level 3|frontier|windstream|tele2|telia|telenor|tdc|telstra|optus|tpg|iinet|bell canada|rogers|shaw
  telus|videotron|virgin media|british tele|sky uk|talktalk|bouygues|free sas|free mobile|sfr
  soci[eé]t[eé] fran[cç]aise du radio|societe francaise du radio|proximus|kpn|ziggo|odido|liberty global
  swisscom|sunrise|a1(?= )|magenta|fastweb|wind tre|tim s/a|claro|vivo|v tal|telmex|uninet s\.a|totalplay
  megacable|mega cable|izzi|tigo|entel|antel|cantv|etisalat|itissalat|maroc tel|mtn|airtel|vodacom|safaricom
  zain|ooredoo|jio|reliance|bharat sanchar|bharti|bsnl|act fibernet|hathway|vnpt|viettel|fpt tel|pldt
  philippine long distance|globe tele|converge ict|singtel|starhub|m1(?= )|maxis|tm technology|celcom
  indosat|telkom|xl axiata|true internet|true online|ais(?![a-z])|triple t|chinanet|china unicom
  china mobile|china169|china tele|china networks|tietong|chunghwa|hinet|kt corp|korea tele|sk broadband
  sk tele|lg dacom|lg powercomm|lg uplus|softbank|kddi|ntt|biglobe|so-net|sony network|jcom|optage|arteria
  rakuten mobile|pjsc rostelecom|rostelecom|vimpelcom|mts pjsc|megafon|er-telecom|ttk|kyivstar|ukrtele
  turk tele|t[uü]rk telekom|turkcell|superonline|bezeq|cellcom|partner comm|hot-net|cogent|zayo|gtt comm
  colt tech|hurricane electric|tata comm|pccw|hkt|hgc global|hong kong broadband|viasat|starlink
  space exploration|hughes|google fiber|digi romania|rcs & rds|p4 sp|play(?![a-z])|t-mobile|o2(?= )
  1&1 versatel|plusnet|m-net|ewe tel|netcologne|altice|cablevision|suddenlink|mediacom|wow!|rcn(?![a-z])
  breezeline|brightspeed|ziply|gci(?![a-z])|mauritiustel|scancom|globacom|9mobile|te-as|link egypt
  linkdotnet|ono(?![a-z])|euskaltel|masmovil|nos comun|meo(?= )|wana|digital united|taiwan fixed|far eastone
  eir(?:com)?(?![a-z])|hrvatski|magyar tele|slovak tele|vip mobile|lyse|altibox|bredband|comcel|norlys
  vf ukraine|netia|allstream|freebit|vocus|tot public|aircel|hi3g|hutchison|telgua|sify|cogeco|etb(?![a-z])
  one new zealand|one hungary|wideopenwest|bt italia|telecel|dreamline|teksavvy|spark new zealand|kcell
  penteledata|t[aá]vk[oö]zl[eé]si|telecentro|vectra|alestra|kbro|tiscali|webpass|dlive|hkbn|eolo|fibia
  arelion|voo(?![a-z])|lifecell|aapt|retelit|sia tet|televisi[oó]n|the cloud networks|glide student
  [a-z]*svyaz|telegraph|teleservices|televentures|[a-z]+telco(?![a-z])|telemach|tele columbus|stadtwerke
  superloop|hyperoptic|celeste sas|beanfield|quickline|melita|bite lat|ncell|intelsat|eutelsat|skylogic
  digiweb|atria conv|hellovision|post lux|xplore inc|lintasarta|moratel|mora telem|init7|loxinfo|level3|att-
  uunet|qwest|dtag|proxad|ldcomnet|chinamobile|chinaunicom|cmnet|rcs-rds|docomo|twc-|cellco|telxius|lgi-upc
  bahnhof|dna oyj|elisa|globalconnect|stofa|waoo|digital tv|kablo|kabel
`,
);

/** Words that mostly access providers use. */
export const WEAK_ISP: RegExp = /* @__PURE__ */ words(
  () => String.raw`
  internet|[a-z0-9-]*net(?![a-z])|networks?(?![a-z])|[a-z]*networks?(?![a-z])|redes?(?![a-z])|connect|conect
  conex|[a-z]*link(?![a-z])|[a-z]+tel(?![a-z])|[a-z]+phone(?![a-z])|tel(?![a-z])|telco|[a-z]+com(?![a-z])
  online|provider|web(?![a-z])|radio|voip|speed|giga|mega|turbo|ip(?![a-z])|infocom[a-z]*|infoway|datacom
  wave|transit|backbone|exchange|multimedia|co-?op
`,
);
