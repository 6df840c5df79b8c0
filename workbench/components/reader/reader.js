// sources sha256 fd5e5ed8653194abb24f324ac68512175cd2eb75bd89a961a53e8bd9969ee073; made by "npm run build" from src/, do not edit
function l(o,e="",t=""){let i=document.createElement(o);return e!==""&&(i.className=e),t!==""&&(i.textContent=t),i}function u(o,e,t){
let i=l("button",o,e);return i.type="button",i.addEventListener("click",t),i}function m(o){o.addEventListener("pointerdo\
wn",e=>e.preventDefault()),o.addEventListener("mousedown",e=>e.preventDefault())}function T(o){if(document.hidden){setTimeout(
o);return}requestAnimationFrame(()=>{let e=new MessageChannel;e.port1.onmessage=()=>{e.port1.close(),o()},e.port2.postMessage(
null)})}function ge(o){return o instanceof HTMLInputElement||o instanceof HTMLTextAreaElement}var w={levels:[],codes:[],coders:[],valences:[]},S=[14,15,17,19,21,24],_=class{constructor(e,t,i,n){this.storage=e;this.
ofPerson=`trigpoint/reading/${encodeURIComponent(t)}`,this.name=`${this.ofPerson}/${encodeURIComponent(i)}/${encodeURIComponent(
n)}`}storage;name;ofPerson;get document(){return{place:0,filters:w,...this.read(this.name)}}get person(){return{size:17,
stripesOnly:!1,...this.read(this.ofPerson)}}keepForDocument(e){this.write(this.name,{...this.document,...e})}keepForPerson(e){
this.write(this.ofPerson,{...this.person,...e})}read(e){try{return JSON.parse(this.storage?.getItem(e)??"{}")}catch{return{}}}write(e,t){
try{this.storage?.setItem(e,JSON.stringify(t))}catch{}}};function c(o,e){return o.replace(/\{(\w+)\}/g,(t,i)=>String(e[i]??t))}var R=class{constructor(e){this.events=e;this.status.setAttribute("role","status"),this.count.setAttribute("aria-live","\
polite"),this.filtered.hidden=!0,this.search.type="search",this.search.spellcheck=!1,this.search.addEventListener("input",
()=>this.events.find(this.search.value)),this.search.addEventListener("keydown",i=>this.key(i));let t=l("span","tp-searc\
hing");t.append(this.search,this.count),this.element.append(this.tree,this.title,this.status,t,this.filtered),this.element.
append(this.filterButton,this.stripes,this.smaller,this.larger,this.helpButton)}events;element=l("header","tp-bar-top");status=l(
"span","tp-status");title=l("h2","tp-title");tree=u("tp-button tp-quiet","",()=>this.events.toggleTree());helpButton=u("\
tp-button tp-quiet","",()=>this.events.help());filterButton=u("tp-button tp-quiet","",()=>this.events.filter());filtered=u(
"tp-button tp-filtered","",()=>this.events.showAll());stripes=u("tp-button tp-quiet","",()=>this.events.stripes());smaller=u(
"tp-button tp-quiet tp-size","A−",()=>this.events.size(-1));larger=u("tp-button tp-quiet tp-size","A+",()=>this.events.
size(1));search=l("input","tp-input tp-search");count=l("span","tp-soft tp-found");book;setBook(e){this.book=e;let{words:t}=e;
this.helpButton.textContent=`? ${t.keys}`,this.filterButton.textContent=t.filter,this.search.placeholder=t.find,this.search.
setAttribute("aria-label",t.find);for(let[i,n]of[[this.smaller,t.smaller],[this.larger,t.larger]])i.title=n,i.setAttribute(
"aria-label",n)}setTitle(e){this.title.textContent=e,this.title.title=e}showTree(e){this.tree.textContent=`${e?"◂":"▸"}\
 ${this.book.words.codes}`,this.tree.setAttribute("aria-expanded",String(e)),this.tree.title=e?this.book.words.hide_codes:
this.book.words.show_codes}showLook(e,t){this.smaller.disabled=e<=S[0],this.larger.disabled=e>=S.at(-1),this.stripes.textContent=
this.book.words.stripes_only,this.stripes.setAttribute("aria-pressed",String(t))}showFiltered(e,t,i){this.filtered.hidden=
!e,this.filterButton.setAttribute("aria-pressed",String(e)),e&&(this.filtered.textContent=c(this.book.words.filtered,{n:t,
total:i}),this.filtered.title=this.book.words.show_all)}showHits(e,t){let{words:i}=this.book,n=this.search.value.trim()===
"";this.count.textContent=n?"":t===0?i.no_hits:c(i.hits,{n:e,total:t})}focusSearch(){this.search.focus({preventScroll:!0}),
this.search.select()}key(e){e.stopPropagation(),!e.isComposing&&(e.key==="Enter"&&(e.preventDefault(),this.events.hit(e.
shiftKey?-1:1)),e.key==="Escape"&&(e.preventDefault(),this.search.value!==""&&(this.search.value="",this.events.find("")),
this.events.leave()))}};var ie={INN:{light:"#2B70C6",dark:"#8091E1"},PRO:{light:"#1A7254",dark:"#5FB88C"},PAT:{light:"#AA5113",dark:"#AD800A"},SOC:{
light:"#4D2060",dark:"#E5459F"},ORG:{light:"#1C6276",dark:"#BCDDF3"},ECO:{light:"#131ACA",dark:"#BDD963"},IMP:{light:"#1\
73A34",dark:"#7BECC5"}},Xe={light:"#0B625E",dark:"#6CCDC2"},me={light:"#B3261E",dark:"#FF8A7A"},ve={light:"#f2d98c",dark:"\
#6b5514"},ne={light:"#5A6068",dark:"#A3A9B0"},A=class{slots=new Map;pairs=[];constructor(e){let t=[...new Set(e.map(r=>r.
level))],i=Object.keys(ie).filter(r=>!t.includes(r)),n=0;for(let r of t){let s=ie[r]??ie[i[n++%Math.max(1,i.length)]??""];
this.slots.set(r,this.pairs.push(s??ne)-1)}for(let r of new Set(e.map(s=>s.colour??"")))r!==""&&this.slots.set(r,this.pairs.
push({light:r,dark:r})-1);this.pairs.push(ne)}get count(){return this.pairs.length}slot(e){return this.slots.get(e??"")??
this.pairs.length-1}colour(e,t){return this.pairs[e][t]}setVariables(e,t){this.pairs.forEach((i,n)=>e.style.setProperty(
`--level-${n}`,i[t]))}highlightRules(e,t,i){let n=this.pairs.map((s,a)=>{let d=s[t],p=`text-decoration:underline 2px ${d}\
;text-underline-offset:3px`,h={full:`background-color:${d}29;${p}`,faint:`background-color:${d}0d`,none:""},g=i==="full"?
`background-color:${d}30`:`background-color:${d}42;${p}`;return`::highlight(${e}-${a}){${h[i]}}
::highlight(${e}-${a}-strong){${g}}`}),r=Xe[t];return n.push(`::highlight(${e}-furniture){color:${ne[t]}}`),n.push(`::hi\
ghlight(${e}-turning){color:${me[t]};background-color:${me[t]}29}`),n.push(`::highlight(${e}-found){background-color:${ve[t]}\
}`),n.push(`::highlight(${e}-current){background-color:${ve[t]};text-decoration:underline 3px ${r}}`),n.push(`::highligh\
t(${e}-held){background-color:${r}3d}`),n.push(`::highlight(${e}-flash){background-color:${r}3d;text-decoration:underlin\
e 2px ${r}}`),n.join(`
`)}};function O(o){let e=getComputedStyle(o).backgroundColor.match(/[\d.]+/g)?.map(Number)??[],[t=255,i=255,n=255,r=1]=e;
return r===0?"light":.2126*t+.7152*i+.0722*n<128?"dark":"light"}function ye(o){let e=document.createElement("i");return e.
className="tp-probe",e.setAttribute("aria-hidden","true"),e.addEventListener("transitionend",()=>o(O(e))),e}function v(o){return o.normalize("NFD").replace(/\p{M}/gu,"").toLowerCase()}var re={"+":"facilitator","-":"barrier","−":"\
barrier","±":"mixed","·":"neutral"};function P(o){let e=o.trim(),t=null;e.startsWith("+-")||e.startsWith("-+")?(t="mix\
ed",e=e.slice(2)):e!==""&&re[e[0]]!==void 0&&(t=re[e[0]],e=e.slice(1));let i=/\s([+\-−±·])$/.exec(e);return i!==null&&
(t=re[i[1]],e=e.slice(0,i.index)),{words:v(e).split(/\s+/).filter(n=>n!==""),valence:t}}function et(o,e){return o.label.
startsWith(e)?9:o.key.startsWith(e)?8:o.label.includes(` ${e}`)?7:o.key.includes(e)?6:o.label.includes(e)?5:o.all.includes(
` ${e}`)?3:o.all.includes(e)?2:o.terms.includes(` ${e}`)?1.5:e.length>2&&o.definition.includes(` ${e}`)?.5:0}var L=class{entries;constructor(e){
let t=new Map(e.map(i=>[i.key,i.label]));this.entries=e.map(i=>({code:i,key:v(i.key),label:v(i.label),all:` ${v(`${i.search}\
 ${t.get(i.level)??""}`)}`,terms:` ${v(i.terms)}`,definition:` ${v(i.described??i.definition)}`}))}find(e,t){let i=this.
entries.flatMap((n,r)=>{let s=e.map(d=>et(n,d));if(s.includes(0))return[];let a=s.reduce((d,p)=>d+p,0)+(t.includes(n.code.
key)?.5:0);return[{code:n.code,total:a,position:r}]});return i.sort((n,r)=>r.total-n.total||n.position-r.position),i.map(
n=>n.code)}};var y=[null,"facilitator","barrier","mixed","neutral"],tt={facilitator:"+",barrier:"−",mixed:"±",neutral:"·"};function b(o){
return o===null?"":tt[o]}var $=class{codes;words;colours;search;byKey;constructor(e){this.codes=e.codes.filter(({offered:t})=>t!==
!1),this.words=e.words,this.colours=new A(e.codes),this.search=new L(this.codes),this.byKey=new Map(e.codes.map(t=>[t.key,
t]))}code(e){return this.byKey.get(e)}offered(e){return e.flatMap(t=>this.byKey.get(t)??[]).filter(({offered:t})=>t!==!1)}label(e){
return this.byKey.get(e)?.label??e}slot(e){let t=this.byKey.get(e);return this.colours.slot(t?.colour||t?.level)}colour(e){
return`var(--level-${this.slot(e)})`}depth(e){let t=0;for(let i=e.parent;i!==null&&t<9;t+=1)i=this.byKey.get(i)?.parent??
null;return t}hasChildren(e){return this.codes.some(t=>t.parent===e)}valenceWord(e){return this.words[`valence_${e??"non\
e"}`]}spoken({code:e,valence:t,origin:i}){let n=[this.label(e)];return t!==null&&n.push(this.valenceWord(t)),i!==null&&n.
push(this.words.suggested),n.join(", ")}};var be=["weak","strong"],we=["experienced","anticipated","wished","reported_about_others"],xe=["sure","unsure"],x={strength:null,
evidence:null,actor:"",timepoint:"",certainty:null};async function ke(o){try{return await navigator.clipboard.writeText(o),!0}catch{return it(o)}}function it(o){let e=document.
createElement("textarea");e.value=o,e.style.cssText="position:fixed;opacity:0",document.body.append(e),e.select();let t=document.
execCommand("copy");return e.remove(),t}function H(o){return Object.values(o).some(e=>e.length>0)}function Se(o,e,t){let i=(n,r)=>n.length===0||n.includes(r);return i(
e.levels,t(o.code))&&i(e.codes,o.code)&&i(e.coders,o.coder)&&i(e.valences,o.valence??"none")}var B=class{constructor(e,t){
this.changed=e;this.closed=t;this.element.hidden=!0,this.element.tabIndex=-1,this.element.setAttribute("role","dialog"),
this.element.addEventListener("keydown",i=>{i.stopPropagation(),i.key==="Escape"&&this.close()})}changed;closed;element=l(
"div","tp-sheet tp-filters");filters=w;coders=[];book;setBook(e){this.book=e,this.element.setAttribute("aria-label",e.words.
filter)}set(e,t){this.filters=e,this.coders=t,this.element.hidden||this.draw()}toggle(){if(!this.element.hidden){this.close();
return}this.element.hidden=!1,this.draw(),this.element.focus({preventScroll:!0})}close(){this.element.hidden||(this.element.
hidden=!0,this.closed())}draw(){let{words:e}=this.book,t=document.activeElement instanceof HTMLElement?document.activeElement.
dataset.choice:void 0,i=this.book.codes.filter(({parent:p})=>p===null),n=[this.group(e.level,"levels",i.map(({key:p,label:h})=>[
p,h])),this.group(e.valence,"valences",y.map(p=>[p??"none",`${b(p)} ${this.book.valenceWord(p)}`.trim()]))];this.coders.
length>1&&n.push(this.group(e.coders,"coders",this.coders.map(p=>[p,p])));let{codes:r}=this.filters;r.length>0&&n.push(this.
group(e.codes,"codes",r.map(p=>[p,this.book.label(p)])));let s=l("p","tp-soft",e.filter_hint),a=l("div","tp-buttons"),d=u(
"tp-button",e.show_all,()=>this.change(w));d.disabled=!H(this.filters),a.append(d,u("tp-button",e.close,()=>this.close())),
this.element.replaceChildren(...n,s,a),t!==void 0&&this.element.querySelector(`[data-choice="${CSS.escape(t)}"]`)?.focus()}group(e,t,i){
let n=l("fieldset","tp-filter");n.append(l("legend","",e));let r=l("div","tp-chips");for(let[s,a]of i){let d=this.filters[t].
includes(s),p=u("tp-chip",a,()=>this.toggleChoice(t,s));p.dataset.choice=`${t} ${s}`,p.setAttribute("aria-pressed",String(
d)),(t==="levels"||t==="codes")&&(p.prepend(l("i","tp-swatch")),p.style.setProperty("--level",this.book.colour(s))),r.append(
p)}return n.append(r),n}toggleChoice(e,t){let i=this.filters[e],n=i.includes(t)?i.filter(r=>r!==t):[...i,t];this.change(
{...this.filters,[e]:n})}change(e){this.filters=e,this.draw(),this.changed(e)}};function nt({text:o}){if(/^[\x20-\x7e]*$/.test(o))return{letters:o.toLowerCase(),origins:null};let e="",t=[],i=0;for(let n of o){
let r=/\s/.test(n)?" ":v(n);for(let s=0;s<r.length;s+=1)t.push(i);e+=r,i+=n.length}return t.push(i),{letters:e,origins:t}}
var rt=5e3,D=class{constructor(e){this.text=e}text;known=new Map;find(e){let t=v(e).replace(/\s+/g," ").trim();if(t==="")
return[];let i=[];for(let n of this.text.paragraphs){if(i.length>=rt)break;this.findIn(n,t,i)}return i}findIn(e,t,i){let{
letters:n,origins:r}=this.lettersOf(e);for(let s=n.indexOf(t);s!==-1;s=n.indexOf(t,s+t.length)){let a=s+t.length;i.push(
{start:e.start+e.toCodePoints(r?.[s]??s,!1),end:e.start+e.toCodePoints(r===null?a:ot(e.text,r,a),!0)})}}lettersOf(e){let t=this.
known.get(e.index);return t===void 0&&(t=nt(e),this.known.set(e.index,t)),t}};function ot(o,e,t){let i=e[t]??o.length,n=e[t-
1],r=String.fromCodePoint(o.codePointAt(n)),s=n+r.length;for(;s<i&&/\p{M}/u.test(o[s]);)s+=1;return s}function Ce(o,e){let[t,i,n,r,s,a,d,p,h,g]=o,f=h===null?x:{strength:h[0],evidence:h[1],actor:h[2],timepoint:h[3],certainty:h[4]},
C=g===null?null:{kind:g[0],pattern:g[1]};return{id:t,start:i,end:n,code:r,coder:e[s]??"",valence:a,memo:d,mine:p===1,detail:f,
origin:C}}function st(o,e,t){let i=e.operation;if(i.version!==void 0)return;if(i.type==="apply"){let{operation:r,start:s,
end:a,code:d,valence:p}=i,h={coder:t,memo:"",mine:!0,detail:x,origin:null};o.has(r)||o.set(r,{id:r,start:s,end:a,code:d,
valence:p,...h});return}if(i.type==="undo"||i.type==="redo"){for(let s of e.reversal?.remove??[])o.delete(s);let r=e.reversal?.
restore??null;r!==null&&o.set(r.id,r);return}let n=o.get(i.coding);if(n!==void 0)if(i.type==="retire")o.delete(n.id);else if(i.
type==="memo")o.set(n.id,{...n,memo:i.text});else if(i.type==="resize"){let{start:r,end:s}=i;o.set(n.id,{...n,start:r,end:s})}else if(i.
type==="detail"){let{strength:r,evidence:s,actor:a,timepoint:d,certainty:p}=i;o.set(n.id,{...n,detail:{strength:r,evidence:s,
actor:a,timepoint:d,certainty:p}})}else{let r=i.valence===void 0?n.valence:i.valence;o.set(n.id,{...n,code:i.code??n.code,
valence:r})}}function Ee(o,e,t){let i=new Map(o);for(let n of e)st(i,n,t);return i}function at(o){return o.type==="undo"||
o.type==="redo"?null:o.type==="apply"?o.operation:o.coding}function oe(o,e){let t=at(o);return t===null?null:{remove:[t,
o.operation],restore:e.get(t)??null}}function Me(o,e,t){for(let i of t){let n=e.get(i);if(n!==void 0&&n.start===o.start&&
n.end===o.end)return n}for(let i of e.values())if(i.start===o.start&&i.end===o.end&&i.coder===o.coder&&i.code===o.code)return i;
return null}var Te="trigpoint:shelf";function E(o){return window.trigpointShelf?.get(o)}var lt=8,dt=4,N=class{revisions;constructor(e){let t=window.trigpointCodings??=new Map;for(this.revisions=t.get(e)??new Map,
t.delete(e),t.set(e,this.revisions);t.size>dt;)t.delete(t.keys().next().value)}after(e,t,i){let n=this.revisions.get(e.revision);
if(n!==void 0)return n;let r=this.revisions.get(e.base)??this.whole(e.base,t,i);if(r===null)return null;let s=e.changed.
length===0&&e.gone.length===0,a=s?r:new Map(r);return s||pt(a,e,i),this.keep(e.revision,a),a}whole(e,t,i){let n=E(t);if(n===
void 0||n.revision!==e)return null;let r=new Map;return _e(r,n.rows,i),this.keep(e,r),r}keep(e,t){for(this.revisions.set(
e,t);this.revisions.size>lt;)this.revisions.delete(this.revisions.keys().next().value)}};function pt(o,{changed:e,gone:t},i){
for(let n of t)o.delete(n);_e(o,e,i)}function _e(o,e,t){for(let i of e)o.set(i[0],Ce(i,t))}var Re=420,I=class{constructor(e){this.events=e}events;element=l("aside","tp-inspector");shown="";memo=null;coding=null;details=null;areDetailsOpen=!1;book;setBook(e){
this.book=e,this.shown="",this.element.setAttribute("aria-label",e.words.coding)}showNothing(e){let{nothing_selected:t,nothing_selected_read_only:i}=this.
book.words,n=e?i:t;this.replace(n,()=>[l("p","tp-empty",n)])}showCode(e,t){this.replace(`code ${e.key} ${t}`,()=>[this.heading(
e.key),l("p","tp-soft",c(this.book.words.codings_of_code,{n:t})),this.onlyButton(e,t),...this.definition(e)])}showCoding(e){
let{coding:t,alsoHere:i,canChange:n,voice:r}=e,a=this.memo!==null&&this.coding?.id===t.id&&document.activeElement===this.
memo?this.coding.memo:t.memo,d=i.map(g=>[g.id,g.code,g.valence]),p=JSON.stringify([t.id,t.code,t.valence,a,t.coder,r,n,d,
t.start,t.end,t.detail,t.origin]),h=this.focusedPart();this.replace(p,()=>this.describe(e)),h!==null&&this.element.querySelector(
`[data-part="${h}"]`)?.focus({preventScroll:!0}),this.coding=t}focusedPart(){let e=document.activeElement;return e instanceof
HTMLElement&&this.element.contains(e)?e.dataset.part??null:null}editDetails(){this.details!==null&&(this.details.open=!0,
this.details.querySelector("button, input")?.focus())}editMemo(){this.memo?.focus()}finishMemo(){if(this.memo===null||this.
coding===null)return;let e=this.memo.value.trim();e!==this.coding.memo&&this.events.setMemo(this.coding,e)}replace(e,t){
e!==this.shown&&(this.finishMemo(),this.shown=e,this.memo=null,this.details=null,this.coding=null,this.element.replaceChildren(
...t()))}describe({coding:e,quote:t,alsoHere:i,canChange:n,voice:r,said:s}){let a=t.length>Re?`${t.slice(0,Re)} …`:t,d=l(
"blockquote","tp-quote",a);d.dir="auto";let p=[this.heading(e.code),this.valence(e,n),d];r!==""&&p.push(l("p","tp-soft",
c(this.book.words.said_by,{who:r}))),p.push(l("p","tp-soft",c(this.book.words.coder,{coder:e.coder}))),e.origin!==null&&
p.push(l("p","tp-soft",this.origin(e.origin))),p.push(...this.memoOf(e,n)),p.push(...n?[this.detailsOf(e,s)]:this.detailsTold(
e.detail)),p.push(this.buttons(e,n)),i.length>0&&p.push(this.others(i));let h=this.book.code(e.code);return h!==void 0&&
p.push(...this.definition(h)),p}origin({kind:e,pattern:t}){let{found_by_search:i,found_by_rule:n}=this.book.words;return c(
e==="search"?i:n,{pattern:t})}heading(e){let t=l("h3","tp-coding-code");return t.style.setProperty("--level",this.book.colour(
e)),t.append(l("i","tp-swatch"),l("span","",this.book.label(e)),l("span","tp-key",e)),t}valence(e,t){if(!t){let n=b(e.valence);
return l("p","tp-valence",`${n} ${this.book.valenceWord(e.valence)}`.trim())}let i=l("div","tp-chips");i.setAttribute("r\
ole","radiogroup"),i.setAttribute("aria-label",this.book.words.valence);for(let n of y){let r=u("tp-chip","",()=>this.events.
setValence(e,n));r.append(l("b","",b(n)),l("span","",this.book.valenceWord(n))),r.setAttribute("role","radio"),r.setAttribute(
"aria-checked",String(n===e.valence)),m(r),i.append(r)}return i}memoOf(e,t){if(!t)return e.memo===""?[]:[l("p","tp-memo-\
text",e.memo)];let i=l("label","tp-memo"),n=l("textarea");return n.value=e.memo,n.rows=4,n.placeholder=this.book.words.memo_placeholder,
n.addEventListener("blur",()=>this.finishMemo()),n.addEventListener("keydown",r=>{r.stopPropagation(),(r.key==="Escape"||
r.key==="Enter"&&(r.ctrlKey||r.metaKey))&&(r.preventDefault(),this.events.leave())}),i.append(l("span","",this.book.words.
memo),n),this.memo=n,[i]}detailsOf(e,t){let{words:i}=this.book,{detail:n}=e,r=l("details","tp-details");r.open=this.areDetailsOpen||
JSON.stringify(n)!==JSON.stringify(x),r.addEventListener("toggle",()=>this.areDetailsOpen=r.open);let s=a=>this.events.setDetail(
e,{...n,...a});return r.append(l("summary","",i.attributes),this.choices(i.strength,be,n.strength,a=>s({strength:a})),this.
choices(i.evidence,we,n.evidence,a=>s({evidence:a})),this.fewWords(i.actor,"actor",n.actor,t.actor,a=>s({actor:a})),this.
fewWords(i.timepoint,"timepoint",n.timepoint,t.timepoint,a=>s({timepoint:a})),this.choices(i.certainty,xe,n.certainty,a=>s(
{certainty:a}))),r.addEventListener("keydown",a=>{a.key==="Escape"&&(a.preventDefault(),a.stopPropagation(),this.events.
leave())}),this.details=r,r}choices(e,t,i,n){let r=l("div","tp-detail"),s=l("div","tp-chips");s.setAttribute("role","gro\
up"),s.setAttribute("aria-label",e);for(let a of t){let d=u("tp-chip",this.book.words[`choice_${a}`],()=>n(a===i?null:a));
d.setAttribute("aria-pressed",String(a===i)),d.dataset.part=a,s.append(d)}return r.append(l("span","tp-soft",e),s),r}fewWords(e,t,i,n,r){
let s=l("label","tp-detail"),a=l("input","tp-input");a.type="text",a.maxLength=200,a.value=i,a.dataset.part=t;let d=l("d\
atalist");return d.id=`tp-said-${t}`,d.append(...n.map(p=>{let h=l("option");return h.value=p,h})),a.setAttribute("list",
d.id),a.addEventListener("change",()=>{a.value.trim()!==i&&r(a.value.trim())}),a.addEventListener("keydown",p=>{p.stopPropagation(),
p.key==="Enter"&&a.blur(),!(p.key!=="Enter"&&p.key!=="Escape")&&(p.preventDefault(),this.events.leave())}),s.append(l("s\
pan","tp-soft",e),a,d),s}detailsTold(e){let{words:t}=this.book,i=s=>s===null?"":t[`choice_${s}`],n=[[t.strength,i(e.strength)],
[t.evidence,i(e.evidence)],[t.actor,e.actor],[t.timepoint,e.timepoint],[t.certainty,i(e.certainty)]],r=l("dl","tp-defini\
tion");for(let[s,a]of n)a!==""&&r.append(l("dt","",s),l("dd","",a));return r.childElementCount===0?[]:[r]}onlyButton(e,t){
let i=l("div","tp-buttons");return t>0&&i.append(u("tp-button",this.book.words.only_this,()=>this.events.only(e))),i}buttons(e,t){
let i=l("div","tp-buttons"),n=u("tp-button",this.book.words.copy_quote,()=>this.events.copy(e));if(m(n),!t)return i.append(
n),i;let r=u("tp-button",this.book.words.change_code,()=>this.events.changeCode(e)),s=u("tp-button",this.book.words.retire,
()=>this.events.retire(e));return m(r),i.append(r,s,n),i}others(e){let t=l("section","tp-also");t.append(l("h4","",this.
book.words.also_here));for(let i of e){let n=`${this.book.label(i.code)} ${b(i.valence)}`.trimEnd(),r=u("tp-other","",()=>this.
events.choose(i.id));r.style.setProperty("--level",this.book.colour(i.code)),r.append(l("i","tp-swatch"),l("span","",n),
l("span","tp-soft",i.coder)),t.append(r)}return t}definition(e){let t=[[this.book.words.definition,e.definition],[this.book.
words.include,e.include],[this.book.words.exclude,e.exclude]],i=l("dl","tp-definition");for(let[n,r]of t)r!==""&&i.append(
l("dt","",n),l("dd","",r));return i.childElementCount===0?[]:[i]}};var z=class{element=l("div","tp-help");back=null;constructor(){this.element.hidden=!0,this.element.tabIndex=-1,this.element.
setAttribute("role","dialog"),this.element.addEventListener("keydown",e=>{e.stopPropagation(),(e.key==="Escape"||e.key===
"?")&&this.close()})}setBook({words:e}){let t=[["j  k",e.key_sentence],["d  u",e.key_paragraph],["l  h",e.key_turn],["J \
K D U L H   ⇧←→",e.key_extend],["Enter  c",e.key_palette],["⇧Enter",e.key_apply_more],["Tab   + − ±   Alt 1–4",
e.key_valence],["1 – 9",e.key_recent],[".",e.key_repeat],["+  −  ±",e.key_set_valence],["n  p",e.key_next],["g  G",
e.key_uncoded],["/  f",e.key_find],["s  S",e.key_hit],["m",e.key_memo],["e",e.key_attributes],["x",e.key_fit],["y",e.key_copy],
["Delete",e.key_retire],["Ctrl Z",e.key_undo],["Ctrl ⇧Z   Ctrl Y",e.key_redo],["v",e.key_stripes],["i",e.key_filter],[
"o  O",e.key_document],["a",e.key_unread],["r",e.key_read],["Esc",e.key_escape],["?",e.key_help]],i=l("dl");for(let[n,r]of t){
let s=l("dt");s.append(l("kbd","",n));let a=l("div");a.append(s,l("dd","",r)),i.append(a)}this.element.setAttribute("ari\
a-label",e.keys),this.element.replaceChildren(l("h3","",e.keys),i,u("tp-button",e.close,()=>this.close()))}toggle(e){if(!this.
element.hidden){this.close();return}this.back=e,this.element.hidden=!1,this.element.focus({preventScroll:!0})}close(){this.
element.hidden=!0,this.back?.focus({preventScroll:!0})}};function ht({key:o,code:e}){return/^[a-z]$/i.test(o)?o.toLowerCase():o.length===1&&o.codePointAt(0)>591&&e.startsWith("K\
ey")?e.slice(3).toLowerCase():""}function Ae(o){return o.shiftKey||/^[A-Z]$/.test(o.key)&&o.getModifierState?.("CapsLock")!==
!0}var ct={Enter:{name:"palette"},".":{name:"repeat"},"?":{name:"help"},"/":{name:"find"},"+":{name:"valence",valence:"f\
acilitator"},"-":{name:"valence",valence:"barrier"},"−":{name:"valence",valence:"barrier"},"±":{name:"valence",valence:"\
mixed"},Delete:{name:"retire"},Backspace:{name:"retire"},Escape:{name:"escape"}},ut={j:["sentence",1],k:["sentence",-1],
d:["paragraph",1],u:["paragraph",-1],l:["turn",1],h:["turn",-1]},ft={c:{name:"palette"},m:{name:"memo"},e:{name:"attribu\
tes"},x:{name:"fit"},y:{name:"copy"},f:{name:"find"},v:{name:"stripes"},i:{name:"filter"},n:{name:"coding",step:1},p:{name:"\
coding",step:-1},a:{name:"turn",to:"unread"},r:{name:"turn",to:"read"}};function Oe(o){let e=ht(o);if(o.altKey)return null;
if(o.ctrlKey||o.metaKey)return e==="z"?{name:o.shiftKey?"redo":"undo"}:e==="y"&&!o.shiftKey?{name:"redo"}:null;let t=/^(?:Digit|Numpad)([1-9])$/.
exec(o.code),i=ct[o.key];if(i!==void 0&&(t===null||i.name!=="valence"||o.shiftKey))return i;if(t!==null)return{name:"rec\
ent",index:Number(t[1])-1};let n=ut[e];if(n!==void 0)return{name:"walk",unit:n[0],step:n[1],extend:Ae(o)};let r=Ae(o)?-1:
1;return e==="s"?{name:"hit",step:r}:e==="g"?{name:"uncoded",step:r}:e==="o"?{name:"turn",to:r===1?"next":"previous"}:ft[e]??
null}var F=class{constructor(e,t,i,n){this.storage=e;this.person=t;this.version=n;this.ofDocument=`${Le(t)}${encodeURIComponent(
i)}/`,this.prefix=`${this.ofDocument}${encodeURIComponent(n)}/`}storage;person;version;ofDocument;prefix;all(){return this.
names().filter(t=>t.startsWith(this.ofDocument)).flatMap(t=>this.read(t)??[]).sort((t,i)=>t.made-i.made)}read(e){let t=JSON.
parse(this.storage.getItem(e)??"null"),i=decodeURIComponent(e.slice(this.ofDocument.length).split("/")[0]);return t===null||
i===this.version?t:{operation:{...t.operation,version:i},made:t.made}}elsewhere(){let e=Le(this.person);return this.names().
filter(t=>t.startsWith(e)&&!t.startsWith(this.ofDocument)).length}put(e){try{this.storage.setItem(this.prefix+e.operation.
operation,JSON.stringify(e))}catch{}}remove(e){this.storage.removeItem(this.prefix+e);let t=i=>i.startsWith(this.ofDocument)&&
i.endsWith(`/${e}`);for(let i of this.names().filter(t))this.storage.removeItem(i)}names(){return Array.from({length:this.
storage.length},(e,t)=>this.storage.key(t)??"")}};function Le(o){return`trigpoint/waiting/${encodeURIComponent(o)}/`}var W=class{constructor(e,t,i){
this.drawer=e;this.deliver=t;this.changed=i;for(let n of e.all())this.waiting.set(n.operation.operation,n);this.lastMade=
Math.max(0,...Array.from(this.waiting.values(),n=>n.made))}drawer;deliver;changed;waiting=new Map;underWay=new Set;timer=null;unanswered=0;lastMade=0;get size(){
return this.waiting.size}get isStuck(){return this.unanswered>=2}kept(){return this.waiting.values()}add(e,t={}){this.lastMade=
Math.max(this.lastMade+1,Date.now());let i={operation:e,made:this.lastMade,...t};this.waiting.set(e.operation,i),this.drawer.
put(i),this.flush()}settle(e,t){let i={acked:e.filter(n=>this.waiting.has(n)),refused:t.flatMap(({operation:n,reason:r})=>{
let s=this.waiting.get(n);return s===void 0?[]:[{kept:s,reason:r}]})};for(let n of i.acked)this.close(n);for(let{kept:n}of i.
refused)this.close(n.operation.operation);return i.acked.length+i.refused.length>0&&(this.unanswered=0),this.underWay.size===
0&&(this.stopWaiting(),this.flush()),i}flush(){if(this.waiting.size===0||this.timer!==null)return;this.underWay=new Set(
this.waiting.keys());let e=Math.min(4e3*2**this.unanswered,32e3);this.timer=setTimeout(()=>this.sendAgain(),e),this.deliver(
Array.from(this.waiting.values(),t=>t.operation))}stopWaiting(){this.timer!==null&&clearTimeout(this.timer),this.timer=null,
this.underWay.clear()}sendAgain(){this.unanswered+=1,this.stopWaiting(),this.flush(),this.changed()}close(e){this.waiting.
delete(e),this.underWay.delete(e),this.drawer.remove(e)}};var gt=80,Pe=/\s*([+\-−±·])\s*$/,mt=0,V=class{element=l("div","tp-palette");input=l("input","tp-palette-input");title=l(
"div","tp-palette-title");chips=l("div","tp-chips");list=l("div","tp-options");about=l("div","tp-palette-about");hint=l(
"div","tp-palette-hint");id=`tp-palette-${mt+=1}`;options=[];active=-1;picked=null;pickedBeforeSign=void 0;task=null;naming=null;lastParent="";book;constructor(){
this.element.hidden=!0,this.element.dataset.trigpoint="palette",this.element.setAttribute("role","dialog"),this.input.type=
"text",this.input.spellcheck=!1,this.input.autocomplete="off",this.input.setAttribute("role","combobox"),this.input.setAttribute(
"aria-autocomplete","list"),this.input.setAttribute("aria-expanded","true"),this.input.setAttribute("aria-controls",`${this.
id}-list`),this.list.id=`${this.id}-list`,this.list.setAttribute("role","listbox"),this.chips.setAttribute("role","radio\
group"),this.element.append(this.title,this.input,this.chips,this.list,this.about,this.hint),this.input.addEventListener(
"input",()=>this.search()),this.input.addEventListener("keydown",e=>this.key(e)),m(this.list),this.element.addEventListener(
"focusout",e=>{let t=e.relatedTarget;t instanceof Node&&!this.element.contains(t)&&this.close()})}get isOpen(){return this.
task!==null}setBook(e){this.book=e;let{words:t}=e;this.input.placeholder=t.search_codes,this.list.setAttribute("aria-lab\
el",t.codes),this.chips.setAttribute("aria-label",t.valence),this.hint.textContent=t.palette_hint,this.chips.replaceChildren(
...y.map(i=>{let n=u("tp-chip","",()=>this.pick(i));return n.append(l("b","",b(i)),l("span","",e.valenceWord(i))),n.setAttribute(
"role","radio"),n.tabIndex=-1,m(n),n}))}open(e,t,i){this.task=e,this.naming=null,this.title.textContent=e.title,this.element.
setAttribute("aria-label",e.title),this.input.setAttribute("aria-label",e.title),this.input.value="",this.pickedBeforeSign=
void 0,this.pick(e.valence),this.search(),this.element.hidden=!1,this.place(t,i),this.input.focus({preventScroll:!0})}place(e,t){
let{offsetWidth:i,offsetHeight:n}=this.element,r=t.bottom-e.top+8,s=t.top-e.top-n-8,a=r+n<=e.height-8||s<8?r:s,d=Math.min(
Math.max(8,t.left-e.left),Math.max(8,e.width-i-8));this.element.style.top=`${Math.min(Math.max(8,a),Math.max(8,e.height-
n-8))}px`,this.element.style.left=`${d}px`}close(){let e=this.task;e!==null&&(this.task=null,this.element.hidden=!0,e.closed())}search(){
if(this.naming!==null)return this.searchParent();let e=this.readQuery();e.valence!==null&&this.pick(e.valence),this.options=
e.words.length===0?this.browse():this.find(e.words);let t=e.words.length>0||this.options[0]?.digit===1;this.active=t&&this.
options.length>0?0:-1,this.offerNew(),this.draw(e.words.length===0)}readQuery(){this.pickedBeforeSign!==void 0&&this.pick(
this.pickedBeforeSign),this.pickedBeforeSign=void 0;let e=P(this.input.value);if(e.valence!==null||e.words.length===0||this.
find(e.words).length>0)return e;let t=P(this.input.value.replace(Pe," $1"));return t.valence===null?e:(this.pickedBeforeSign=
this.picked,t)}offerNew(){let e=this.nameTyped();if(this.task?.propose==null||e==="")return;let t=this.book.codes.some(({
label:n})=>v(n)===v(e)),i=this.book.codes[0];t||i===void 0||(this.options=[...this.options,{code:i,digit:null,offer:"new"}],
this.options.length===1&&(this.active=0))}nameTyped(){let e=this.input.value.replace(/^\s*(?:\+-|-\+|[+\-−±·])/,"").
replace(Pe,""),t=(e.trim()===""?this.task?.words??"":e).replace(/\s+/g," ").trim();return t.length<=gt?t:""}searchParent(){
let{words:e}=P(this.input.value),t=e.length===0?this.book.codes:this.book.search.find(e,[]).slice(0,60);this.options=t.map(
n=>({code:n,digit:null,offer:"under"}));let i=e.length===0?this.options.findIndex(({code:n})=>n.key===this.lastParent):0;
this.active=this.options.length===0?-1:Math.max(0,i),this.draw(e.length===0),this.showActive()}browse(){return[...this.book.
offered(this.task?.recent??[]).map((t,i)=>({code:t,digit:i+1})),...this.book.codes.map(t=>({code:t,digit:null}))]}find(e){
return this.book.search.find(e,this.task?.recent??[]).slice(0,60).map(t=>({code:t,digit:null}))}draw(e){let t=[];this.options.
forEach((i,n)=>{e&&n===0&&i.digit===1&&t.push(l("div","tp-options-head",this.book.words.recent)),e&&n>0&&i.digit===null&&
this.options[n-1].digit!==null&&t.push(l("div","tp-options-head",this.book.words.codes)),t.push(this.option(i,n,e))}),this.
options.length===0&&t.push(l("div","tp-options-head",this.book.words.no_code_found));for(let i of t)i.className==="tp-op\
tions-head"&&i.setAttribute("role","presentation");this.naming!==null&&t.unshift(l("div","tp-options-head",c(this.book.words.
new_code_under,{name:this.naming}))),this.list.replaceChildren(...t),this.list.scrollTop=0,this.mark()}option({code:e,digit:t,
offer:i},n,r){let s=l("div","tp-option");return s.id=`${this.id}-${n}`,i==="new"?this.newOption(s,n):(s.dataset.code=e.key,
s.setAttribute("role","option"),s.style.setProperty("--level",this.book.colour(e.key)),r&&t===null&&s.style.setProperty(
"--depth",String(this.book.depth(e))),s.classList.toggle("tp-option-level",this.book.hasChildren(e.key)),s.append(l("i",
"tp-swatch"),l("span","tp-option-label",e.label),l("span","tp-key",e.key)),t!==null&&s.append(l("kbd","",String(t))),this.
listening(s,n))}newOption(e,t){return e.classList.add("tp-option-new"),e.dataset.offer="new",e.setAttribute("role","opti\
on"),e.append(l("span","tp-option-label",c(this.book.words.new_code,{name:this.nameTyped()}))),this.listening(e,t)}listening(e,t){
return e.addEventListener("click",i=>{this.active=t,this.choose(i.shiftKey)}),e.addEventListener("pointermove",()=>{this.
active!==t&&(this.active=t,this.mark())}),e}mark(){for(let i of this.list.querySelectorAll(".tp-option"))i.setAttribute(
"aria-selected",String(i.id===`${this.id}-${this.active}`));let e=this.options[this.active];e===void 0?this.input.removeAttribute(
"aria-activedescendant"):this.input.setAttribute("aria-activedescendant",`${this.id}-${this.active}`);let t=e?.offer==="\
new";this.about.textContent=t?this.book.words.new_code_hint:e?.code.definition??""}move(e){let t=this.options.length;t!==
0&&(this.active=this.active===-1?e>0?0:t-1:(this.active+e+t)%t,this.mark(),this.showActive())}showActive(){let e=this.list.
querySelector('[aria-selected="true"]');if(e===null)return;let{offsetTop:t,offsetHeight:i}=e,{scrollTop:n,clientHeight:r}=this.
list;t<n?this.list.scrollTop=t:t+i>n+r&&(this.list.scrollTop=t+i-r)}pick(e){this.picked=e,[...this.chips.children].forEach(
(t,i)=>{t.setAttribute("aria-checked",String(y[i]===e))})}cycle(e){let t=y.indexOf(this.picked)+e;this.pick(y[(t+y.length)%
y.length]??null)}choose(e){let t=this.options[this.active];if(!(t===void 0||this.task===null)){if(t.offer==="new"){this.
naming=this.nameTyped(),this.input.value="",this.search();return}if(this.naming!==null?(this.lastParent=t.code.key,this.
task.propose?.({label:this.naming,parent:t.code.key},this.picked,e),this.naming=null):this.task.choose(t.code,this.picked,
e),!e){this.close();return}this.input.value="",this.pick(null),this.search()}}key(e){e.stopPropagation();let t=/^(?:Digit|Numpad)([0-4])$/.
exec(e.code);if(e.altKey&&t!==null){e.preventDefault(),this.pick(y[Number(t[1])]??null);return}let i=this.actionFor(e);i!==
null&&(e.preventDefault(),i())}stopNaming(){this.input.value=this.naming??"",this.naming=null,this.search()}actionFor(e){
if(e.isComposing)return null;switch(e.key){case"ArrowDown":return()=>this.move(1);case"ArrowUp":return()=>this.move(-1);case"\
PageDown":return()=>this.move(8);case"PageUp":return()=>this.move(-8);case"Enter":return()=>this.choose(e.shiftKey);case"\
Tab":return()=>this.cycle(e.shiftKey?-1:1);case"Escape":return()=>this.naming===null?this.close():this.stopNaming();default:
return null}}};var K=class{constructor(e,t){this.storage=e;this.name=`trigpoint/recent/${encodeURIComponent(t)}`;let i=e?.getItem(this.
name)??"";this.keys=i.split(`
`).filter(n=>n!=="")}storage;name;keys=[];use(e){this.keys=[e,...this.keys.filter(t=>t!==e)].slice(0,9);try{this.storage?.
setItem(this.name,this.keys.join(`
`))}catch{}}};var se=14,U=class{constructor(e){this.goTo=e;this.element.append(this.canvas,this.window),this.element.setAttribute("ari\
a-hidden","true"),this.sized.observe(this.element),this.element.addEventListener("pointerdown",t=>{t.button===0&&(t.preventDefault(),
this.element.setPointerCapture(t.pointerId),this.go(t))}),this.element.addEventListener("pointermove",t=>{this.element.hasPointerCapture(
t.pointerId)&&this.go(t)})}goTo;element=l("div","tp-strip");canvas=l("canvas");window=l("div","tp-strip-window");length=1;marks=()=>[];hits=[];ink="\
#000";frame=0;sized=new ResizeObserver(()=>this.redrawSoon());go(e){let{top:t,height:i}=this.element.getBoundingClientRect(),
n=Math.min(1,Math.max(0,(e.clientY-t)/i));this.goTo(Math.min(this.length-1,Math.floor(n*this.length)))}setTitle(e){this.
element.title=e}show(e,t){this.length=Math.max(1,e),this.marks=t,this.redrawSoon()}showHits(e,t){this.hits=e,this.ink=t,
this.redrawSoon()}showWindow({start:e,end:t}){this.window.style.top=`${e/this.length*100}%`,this.window.style.height=`${Math.
max(.4,(t-e)/this.length*100)}%`}redrawSoon(){this.frame===0&&(this.frame=requestAnimationFrame(()=>{this.frame=requestAnimationFrame(
()=>{this.frame=0,this.redraw()})}))}redraw(){let e=this.element.clientHeight,t=this.canvas.getContext("2d");if(t===null||
e===0)return;let i=window.devicePixelRatio;this.canvas.width=se*i,this.canvas.height=e*i,t.scale(i,i),t.globalAlpha=.55;
for(let{start:n,end:r,colour:s}of this.marks())t.fillStyle=s,t.fillRect(2,n/this.length*e,se-6,Math.max(1,(r-n)/this.length*
e));t.globalAlpha=1,t.fillStyle=this.ink;for(let{start:n}of this.hits)t.fillRect(se-4,n/this.length*e,4,2)}destroy(){this.
sized.disconnect(),this.frame!==0&&cancelAnimationFrame(this.frame)}};var $e=`.tp-reader{--ground: #FBFAF7;--ground-2: #F1EFE8;--rule: #D9D5CA;--ink: #1E2226;--soft: #5A6068;--accent: #0B625\
E;--refusal: #B3261E;--shadow: 0 8px 28px #1e222626;--tp-sans: -apple-system, "Segoe UI", Inter, Roboto, sans-serif;--tp\
-serif: "Source Serif 4", Charter, "Iowan Old Style", Georgia, serif;container:reader / inline-size;position:relative;bo\
x-sizing:border-box;width:100%;outline:none;color:var(--ink);background:var(--ground);font:14px/1.45 var(--tp-sans)}.tp-\
reader[data-ground=dark]{--ground: #15181B;--ground-2: #1D2226;--rule: #343A40;--ink: #E8E4DB;--soft: #A3A9B0;--accent: \
#6CCDC2;--refusal: #FF8A7A;--shadow: 0 8px 28px #0009;color-scheme:dark}.tp-reader *,.tp-reader *::before{box-sizing:bor\
der-box}.tp-reader [hidden]{display:none!important}.tp-reader :focus-visible{outline:2px solid var(--accent);outline-off\
set:-2px}.tp-reader button{font:inherit;color:inherit;cursor:pointer}.tp-reader h2,.tp-reader h3,.tp-reader h4,.tp-reade\
r p,.tp-reader dl,.tp-reader dd,.tp-reader blockquote{margin:0;padding:0;color:inherit;font:inherit;letter-spacing:0}.tp\
-probe{position:absolute;width:0;height:0;visibility:hidden;background-color:var(--st-background-color, #fff);transition\
:background-color 1ms!important}.tp-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);u\
ser-select:none;white-space:nowrap}.tp-reader .tp-soft{color:var(--soft);font-size:13px}.tp-key{color:var(--soft);font-s\
ize:12px;font-variant-numeric:tabular-nums;white-space:nowrap}.tp-swatch{flex:none;width:4px;height:14px;background:var(\
--level)}.tp-reader kbd{font:12px var(--tp-sans);color:var(--soft);background:none;border:1px solid var(--rule);border-r\
adius:3px;padding:0 5px;white-space:pre}.tp-frame{display:grid;height:100%;grid-template:40px minmax(0,1fr) / 240px minm\
ax(0,1fr) 14px 260px;grid-template-areas:"bar bar bar bar" "side text strip inspector"}.tp-frame.tp-no-tree{grid-templat\
e-columns:0 minmax(0,1fr) 14px 260px}.tp-no-tree .tp-side{display:none}.tp-bar-top{grid-area:bar;display:flex;align-item\
s:center;gap:8px;border-bottom:1px solid var(--rule)}.tp-reader .tp-title{flex:1;min-width:0;font-size:14px;font-weight:\
600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.tp-status{max-width:34em;overflow:hidden;text-overflow:el\
lipsis;white-space:nowrap;padding-right:6px;color:var(--soft);font-size:13px;font-variant-numeric:tabular-nums}.tp-statu\
s[data-state=refused],.tp-status[data-state=stuck]{color:var(--refusal)}.tp-button{min-height:28px;padding:2px 10px;back\
ground:none;border:1px solid var(--rule);border-radius:4px}.tp-button:hover{border-color:var(--accent);color:var(--accen\
t)}.tp-button:disabled{opacity:.45;cursor:default}.tp-button:disabled:hover{border-color:var(--rule);color:inherit}.tp-q\
uiet[aria-pressed=true],.tp-filtered{color:var(--accent)!important;box-shadow:inset 0 -2px var(--accent);border-radius:4\
px 4px 0 0}.tp-filtered{border-color:transparent;padding:2px 8px;white-space:nowrap;font-variant-numeric:tabular-nums}.t\
p-size{padding:2px 4px}.tp-size:disabled:hover{border-color:transparent;color:var(--soft)}.tp-input{min-height:28px;padd\
ing:2px 8px;font:13px var(--tp-sans);color:inherit;background:var(--ground);border:1px solid var(--rule);border-radius:4\
px}.tp-input::placeholder{color:var(--soft)}.tp-searching{display:flex;align-items:center;gap:8px}.tp-search{width:150px\
}.tp-found{min-width:5.2em;font-variant-numeric:tabular-nums;white-space:nowrap}.tp-found:empty{min-width:0}.tp-reader .\
tp-quiet:not(:hover,[aria-pressed=true]){color:var(--soft)}.tp-quiet{border-color:transparent;padding:2px 8px;white-spac\
e:nowrap}.tp-side{grid-area:side;overflow:hidden auto;border-right:1px solid var(--rule);padding:8px 0;overscroll-behavi\
or:contain}.tp-tree-row{display:flex;align-items:center;gap:7px;min-height:26px;padding:2px 12px 2px calc(2px + var(--de\
pth) * 14px);cursor:pointer;line-height:1.3;user-select:none}.tp-tree-row[aria-level="1"]{font-weight:600}.tp-tree-row:n\
ot([aria-level="1"]) .tp-swatch{opacity:.55;width:2px}.tp-tree-row:hover,.tp-tree-row[aria-selected=true]{background:var\
(--ground-2)}.tp-tree-row[aria-selected=true]{box-shadow:inset 2px 0 var(--accent)}.tp-tree-label{flex:1;min-width:0;ove\
rflow-wrap:break-word}.tp-count{color:var(--soft);font-size:12px;font-weight:400;font-variant-numeric:tabular-nums}.tp-f\
old{width:14px;text-align:center;color:var(--soft);font-size:10px;flex:none}[aria-expanded=true]>.tp-fold::before{conten\
t:"\\25be"}[aria-expanded=false]>.tp-fold::before{content:"\\25b8"}.tp-scroller{--stripes: minmax(126px, 1fr);grid-area:te\
xt;position:relative;overflow:hidden auto;overscroll-behavior:contain;padding:0 0 40vh;scrollbar-gutter:stable;scrollbar\
-width:thin;scrollbar-color:var(--rule) transparent}.tp-scroller[data-grouped]{--stripes: minmax(calc(100px * var(--tp-g\
roups, 1)), 1fr)}.tp-scroller:focus-visible{outline:none;box-shadow:inset 2px 0 var(--accent)}.tp-body{padding-top:20px}\
.tp-row,.tp-coders{display:grid;grid-template-columns:104px minmax(0,var(--tp-measure, 640px)) var(--stripes);column-gap\
:18px}.tp-row{--above: 4px;position:relative;padding:var(--above) 0 4px}.tp-block{content-visibility:auto;contain-intrin\
sic-block-size:auto calc(var(--lines) * var(--tp-line, 27px) + var(--rows) * 8px)}.tp-words{grid-column:2;font:var(--tp-\
size, 17px)/var(--tp-line, 27px) var(--tp-serif);white-space:pre-wrap;overflow-wrap:anywhere;cursor:text;hanging-punctua\
tion:first}.tp-words::selection{background:color-mix(in srgb,var(--accent) 26%,transparent)}.tp-blank{height:12px;paddin\
g:0}.tp-heading{--above: 14px}.tp-heading .tp-words{font-weight:600;line-height:calc(var(--tp-line, 27px) - 3px)}.tp-hea\
ding[data-level="1"] .tp-words{font-size:calc(var(--tp-size, 17px) + 4px);line-height:calc(var(--tp-line, 27px) + 1px)}.\
tp-heading[data-level="2"] .tp-words{font-size:calc(var(--tp-size, 17px) + 2px);line-height:calc(var(--tp-line, 27px) - \
1px)}.tp-margin{grid-column:1;grid-row:1;display:flex;flex-direction:column;align-items:flex-end;padding:5px 0 0 4px;tex\
t-align:right;user-select:none;color:var(--soft);font-size:12px;line-height:1.35;min-width:0}.tp-speaker{font-variant-ca\
ps:all-small-caps;letter-spacing:.03em;font-size:13.5px;color:var(--ink);overflow-wrap:break-word;line-height:1.15;max-w\
idth:100%}.tp-speaker.tp-named{text-decoration:underline dotted;text-underline-offset:.2em;cursor:help}.tp-time{font-var\
iant-numeric:tabular-nums}.tp-stripes{grid-column:3;display:grid;grid-template-columns:repeat(var(--tp-groups, 1),minmax\
(0,1fr));user-select:none;margin:calc(-1 * var(--above)) 0 -4px}.tp-lanes{position:relative;overflow:hidden}.tp-bar{posi\
tion:absolute;width:7px;cursor:pointer}.tp-bar::before{content:"";position:absolute;inset:0 3px 0 0;background:var(--lev\
el)}.tp-bar.tp-begins::before{border-top-left-radius:2px;border-top-right-radius:2px}.tp-bar.tp-ends::before{border-bott\
om-left-radius:2px;border-bottom-right-radius:2px}.tp-bar[data-strong]::before{inset:0 1px 0 -1px}.tp-label{position:abs\
olute;display:flex;height:15px;overflow:hidden;white-space:nowrap;contain:content;color:var(--level);font-size:11.5px;li\
ne-height:15px;font-variant-numeric:tabular-nums;cursor:pointer}.tp-label:hover,.tp-label[data-strong]{font-weight:600;t\
ext-decoration:underline;text-underline-offset:2px}[data-isolating] .tp-bar:not([data-strong]),[data-isolating] .tp-labe\
l:not([data-strong]){opacity:.22}.tp-handle{position:absolute;z-index:2;width:0;cursor:ew-resize;touch-action:none;user-\
select:none;pointer-events:none}.tp-handle::before{content:"";position:absolute;inset:0 -1px;background:var(--level)}.tp\
-handle::after{content:"";position:absolute;width:21px;height:21px;left:-10.5px;border:6px solid transparent;border-radi\
us:50%;background:var(--level) padding-box;pointer-events:auto}.tp-handle-start::after{top:-15px}.tp-handle-end::after{b\
ottom:-15px}.tp-handle[data-pulled]::after{pointer-events:none}.tp-label-code{min-width:2em;overflow:hidden}.tp-label-si\
gn{flex:none;white-space:pre}.tp-label-name{flex-shrink:1000;margin-left:8px;min-width:0;overflow:hidden;text-overflow:e\
llipsis;color:var(--soft);font-weight:400}.tp-scroller[data-grouped] .tp-label-name{display:none}.tp-more{color:var(--so\
ft)}.tp-coders{position:sticky;top:0;z-index:2;background:var(--ground);border-bottom:1px solid var(--rule);font-size:13\
px;font-weight:600;line-height:28px}.tp-coder-names{display:grid;grid-template-columns:repeat(var(--tp-groups, 1),minmax\
(0,1fr))}.tp-coder-names span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.tp-code-button{position:absolut\
e;z-index:3;min-height:28px;padding:2px 12px;user-select:none;border:0;border-radius:4px;box-shadow:var(--shadow)}.tp-re\
ader .tp-code-button{background:var(--accent);color:var(--ground)}.tp-strip{grid-area:strip;position:relative;overflow:h\
idden;cursor:pointer;touch-action:none;border-left:1px solid var(--rule)}.tp-strip canvas{display:block;width:14px;heigh\
t:100%}.tp-strip-window{position:absolute;left:0;right:0;min-height:3px;border:1px solid var(--soft);background:color-mi\
x(in srgb,var(--soft) 14%,transparent);pointer-events:none}.tp-inspector{grid-area:inspector;overflow:hidden auto;border\
-left:1px solid var(--rule);padding:14px 4px 24px 16px;overscroll-behavior:contain}.tp-inspector>*+*{margin-top:12px!imp\
ortant}.tp-empty{color:var(--soft);max-width:34em;white-space:pre-line}.tp-reader .tp-coding-code{display:flex;align-ite\
ms:baseline;gap:8px;font-size:15px;font-weight:600;line-height:1.3}.tp-coding-code .tp-swatch{align-self:stretch;height:\
auto}.tp-coding-code .tp-key{margin-left:auto;font-weight:400}.tp-chips{display:flex;flex-wrap:wrap;gap:4px}.tp-chip{dis\
play:inline-flex;gap:5px;align-items:center;min-height:26px;padding:0 9px;background:none;border:1px solid var(--rule);b\
order-radius:4px;font-size:13px!important}.tp-chip b:empty{display:none}.tp-chip:hover{border-color:var(--soft)}.tp-chip\
[aria-checked=true]{border-color:var(--accent);color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}.tp-reader .\
tp-quote{font:15px/1.5 var(--tp-serif);border-left:1px solid var(--rule);padding-left:10px;overflow-wrap:anywhere;white-\
space:pre-line}.tp-memo{display:block}.tp-memo span{display:block;color:var(--soft);font-size:13px;margin-bottom:3px}.tp\
-memo textarea{width:100%;resize:vertical;padding:7px 9px;font:14px/1.45 var(--tp-sans);color:inherit;background:var(--g\
round);border:1px solid var(--rule);border-radius:4px}.tp-memo textarea::placeholder{color:var(--soft)}.tp-memo-text{whi\
te-space:pre-line}.tp-buttons{display:flex;flex-wrap:wrap;gap:8px}.tp-reader .tp-also h4{color:var(--soft);font-size:13p\
x;margin-bottom:2px}.tp-other{display:flex;gap:8px;align-items:center;width:100%;min-height:26px;padding:2px 0;backgroun\
d:none;border:0;text-align:left}.tp-other span:last-child{margin-left:auto}.tp-other:hover span:not(.tp-soft){text-decor\
ation:underline}.tp-details{border-top:1px solid var(--rule);padding-top:8px}.tp-details summary{color:var(--soft);font-\
size:13px;cursor:pointer;min-height:24px}.tp-detail{display:block;margin-top:8px}.tp-detail>.tp-soft{display:block;margi\
n-bottom:3px}.tp-detail .tp-input{width:100%}.tp-chip[aria-pressed=true]{border-color:var(--accent);color:var(--accent);\
box-shadow:inset 0 0 0 1px var(--accent)}.tp-definition{border-top:1px solid var(--rule);padding-top:10px!important;font\
-size:13px!important}.tp-definition dt{color:var(--soft);font-weight:400;margin-top:6px}.tp-palette,.tp-help,.tp-sheet{p\
osition:absolute;z-index:10;background:var(--ground);border:1px solid var(--rule);border-radius:6px;box-shadow:var(--sha\
dow)}.tp-palette{width:min(440px,calc(100% - 16px));padding:10px}.tp-palette-title{font:italic 13px/1.4 var(--tp-serif);\
color:var(--soft);margin-bottom:6px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.tp-palette-input{width:10\
0%;min-height:34px;padding:4px 10px;font:15px var(--tp-sans);color:inherit;background:var(--ground);border:1px solid var\
(--accent);border-radius:4px}.tp-palette .tp-chips{margin:8px 0;flex-wrap:nowrap}.tp-palette .tp-chip{padding:0 7px}.tp-\
options{position:relative;max-height:238px;overflow:hidden auto;border-top:1px solid var(--rule);scrollbar-width:thin}.t\
p-options-head{color:var(--soft);font-size:12px;padding:6px 6px 2px}.tp-option{display:flex;align-items:center;gap:8px;m\
in-height:26px;padding:2px 8px 2px calc(6px + var(--depth, 0) * 14px);border-radius:3px;cursor:pointer}.tp-option-level \
.tp-option-label{font-weight:600}.tp-option-label{flex:1;min-width:0}.tp-option[aria-selected=true]{background:var(--gro\
und-2);box-shadow:inset 2px 0 var(--accent)}.tp-palette-about{border-top:1px solid var(--rule);padding:6px 6px 0;color:v\
ar(--soft);font-size:13px;line-height:1.4;height:44px;overflow:hidden}.tp-palette-hint{padding:6px 6px 0;color:var(--sof\
t);font-size:12px}.tp-option-new{border-top:1px solid var(--rule);border-radius:0}.tp-sheet{inset:44px 16px auto auto;wi\
dth:min(520px,calc(100% - 32px));max-height:calc(100% - 56px);overflow:auto;padding:14px 16px;outline:none}.tp-filter{bo\
rder:0;margin:0 0 10px;padding:0;min-width:0}.tp-filter legend{color:var(--soft);font-size:13px;padding:0;margin-bottom:\
4px}.tp-filter .tp-swatch{align-self:center}.tp-sheet .tp-buttons{margin-top:10px}.tp-help{inset:52px 16px auto auto;wid\
th:min(880px,calc(100% - 32px));outline:none;max-height:calc(100% - 64px);overflow:auto;padding:16px 18px}.tp-reader .tp\
-help h3{font-size:15px;font-weight:600}.tp-help dl{columns:2 320px;column-gap:28px;margin:12px 0!important}.tp-help dl>\
div{display:grid;grid-template-columns:142px 1fr;gap:10px;padding:3px 0;break-inside:avoid}.tp-help dt{font-weight:400}@\
container reader (max-width: 1240px){.tp-label-name{display:none}.tp-frame,.tp-frame.tp-no-tree{grid-template:40px minma\
x(0,1fr) min(200px,32%) / 220px minmax(0,1fr) 14px;grid-template-areas:"bar bar bar" "side text strip" "side inspector i\
nspector"}.tp-frame.tp-no-tree{grid-template-columns:0 minmax(0,1fr) 14px}.tp-status{max-width:16em}.tp-inspector{border\
-left:0;border-top:1px solid var(--rule);padding:12px 16px;columns:2 300px;column-gap:28px}.tp-inspector>*{break-inside:\
avoid}}@container reader (max-width: 820px){.tp-frame,.tp-frame.tp-no-tree{grid-template:auto minmax(0,1fr) min(200px,32\
%) / minmax(0,1fr) 14px;grid-template-areas:"bar bar" "text strip" "inspector inspector"}.tp-bar-top{flex-wrap:wrap;gap:\
4px 8px;padding-bottom:4px}.tp-reader .tp-title{flex-basis:100%;order:1;padding:0 8px}.tp-status{flex:1;padding-left:8px\
}.tp-side{grid-area:2 / 1 / 4 / 2;z-index:4;width:min(300px,80%);background:var(--ground);border:1px solid var(--rule);b\
ox-shadow:var(--shadow)}.tp-row,.tp-coders{grid-template-columns:56px minmax(0,1fr) var(--stripes);column-gap:10px}.tp-s\
croller{--stripes: 118px}.tp-scroller[data-grouped]{--stripes: calc(64px * var(--tp-groups, 1))}.tp-speaker{font-size:11\
px;letter-spacing:0}}@container reader (max-width: 520px){.tp-scroller{--stripes: 64px}.tp-label:not(.tp-more){display:n\
one}}@media(prefers-reduced-motion:no-preference){.tp-button,.tp-chip{transition:border-color 100ms,color 100ms}}@media(\
forced-colors:active){.tp-swatch,.tp-bar::before{forced-color-adjust:none}}[class*=st-key-trigpoint-shelf]{position:abso\
lute;height:0;overflow:hidden}
`;function Be(o,[e,,,,t,i]){let n=e==="heading"?/^#{1,6} +/.exec(o):null;if(n!==null)return n[0].length;if(t===null)return 0;
let r=i===null?0:/^[^\p{L}]*/u.exec(o)?.[0].length??0,s=o.slice(r),a=s.startsWith(t)?/^\s*(?:\([^)]*\)\s*)?:[ \t]*/.exec(
s.slice(t.length)):null;return a===null?0:[...o.slice(0,r+t.length+a[0].length)].length}var yt=0,G=class{constructor(e){this.nodeOf=e;document.head.append(this.sheet)}nodeOf;isSupported=typeof Highlight<"u"&&
CSS.highlights!==void 0;space=`trigpoint-${yt+=1}`;sheet=document.createElement("style");named=new Map;drawn=new Map;worn=new Map;flashTimer=null;colours=null;ground="\
light";isPlain=!1;isIsolating=!1;setColours(e,t){this.colours=e,this.ground=t,this.restyle()}setPlain(e){this.isPlain=e,
this.restyle()}setIsolating(e){e!==this.isIsolating&&(this.isIsolating=e,this.restyle())}restyle(){if(!this.isSupported||
this.colours===null)return;let e=this.isPlain?"none":this.isIsolating?"faint":"full";this.sheet.textContent=this.colours.
highlightRules(this.space,this.ground,e)}draw(e,t){if(this.erase(e),!this.isSupported||t.length===0)return;let i=t.map(n=>{
let r=this.get(String(n.slot),0),s=this.range(e,n);return r.add(s),{highlight:r,range:s}});this.drawn.set(e,i)}dress(e,t,i){
if(!this.isSupported||t===0&&i.length===0)return;let n=this.nodeOf(e),r=i.map(s=>{let a={startContainer:n,startOffset:s,
endContainer:n,endOffset:s+1};return{highlight:this.get("turning",1),range:new StaticRange(a)}});t>0&&r.push({highlight:this.
get("furniture",0),range:this.range(e,{start:0,end:t})});for(let{highlight:s,range:a}of r)s.add(a);this.worn.set(e,r)}undress(e){
for(let{highlight:t,range:i}of this.worn.get(e)??[])t.delete(i);this.worn.delete(e)}find(e,t,i){if(this.isSupported)for(let[
n,r]of[["found",t],["current",i===null?[]:[i]]]){let s=this.get(n,2);s.clear();for(let a of r)this.add(s,e,a)}}erase(e){
for(let{highlight:t,range:i}of this.drawn.get(e)??[])t.delete(i);this.drawn.delete(e)}strengthen(e,t){if(this.isSupported){
for(let[i,n]of this.named)i.endsWith("-strong")&&n.clear();for(let i of t)this.add(this.get(`${i.slot}-strong`,1),e,i)}}hold(e,t){
if(!this.isSupported)return;let i=this.get("held",2);i.clear(),t!==null&&this.add(i,e,t)}flash(e,t){if(!this.isSupported)
return;let i=this.get("flash",3);i.clear(),this.add(i,e,t),this.flashTimer!==null&&clearTimeout(this.flashTimer),this.flashTimer=
setTimeout(()=>i.clear(),1800)}clear(){for(let e of this.named.values())e.clear();this.drawn.clear(),this.worn.clear()}destroy(){
this.flashTimer!==null&&clearTimeout(this.flashTimer);for(let e of this.named.keys())CSS.highlights.delete(`${this.space}\
-${e}`);this.named.clear(),this.sheet.remove()}get(e,t){let i=this.named.get(e);return i===void 0&&(i=new Highlight,i.priority=
t,this.named.set(e,i),CSS.highlights.set(`${this.space}-${e}`,i)),i}add(e,t,i){for(let n of t.touched(i))e.add(this.range(
n,n.part(i)))}range(e,t){let i=this.nodeOf(e);return new StaticRange({startContainer:i,startOffset:e.toUtf16(t.start),endContainer:i,
endOffset:e.toUtf16(t.end)})}};function De(o,e){return o.start-e.start||e.end-o.end||(o.id<e.id?-1:1)}function Ne(o){let e=new Map,t=new Map;for(let i of o){
let n=t.get(i.group)??[];t.set(i.group,n);let r=n.findIndex(a=>a<=i.start),s=r===-1?n.length:r;n[s]=i.end,e.set(i.id,s)}
return e}function Ie(o,e,t){let i=Math.max(1,Math.floor(e/t));if(o.length<=i)return{tops:He(o,e,t),more:null};let n=He(o.
slice(0,i-1),e-t,t),r=Array(o.length-n.length).fill(null);return{tops:[...n,...r],more:Math.max(0,e-t)}}function He(o,e,t){
let i=[];for(let r of o)i.push(Math.max(r,(i.at(-1)??-t)+t));let n=e;for(let r=i.length-1;r>=0;r-=1)i[r]=Math.max(0,Math.
min(i[r],n-t)),n=i[r];return i}var ze=/[\u202a-\u202e\u2066-\u2069]/g,Fe=/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;function We(o){return o.replace(ze,"⇄").
replace(Fe,"�")}function Ve(o){return[...o.matchAll(ze),...o.matchAll(Fe)].map(e=>e.index).sort((e,t)=>e-t)}var bt=/[\ud800-\udbff][\udc00-\udfff]/g;function Ke(o,e){let t=0,i=o.length;for(;t<i;){let n=t+i>>1;o[n]<e?t=n+1:i=n}return t}
var ae=class{constructor(e,t,i){this.index=e;this.text=t;this.start=i;this.pairs16=Array.from(t.matchAll(bt),n=>n.index),
this.pairs=this.pairs16.map((n,r)=>n-r),this.end=i+t.length-this.pairs16.length}index;text;start;end;pairs16;pairs;get length(){
return this.end-this.start}toUtf16(e){return e+Ke(this.pairs,e)}toCodePoints(e,t){let i=Ke(this.pairs16,e);return i>0&&this.
pairs16[i-1]===e-1?e-i+(t?1:0):e-i}part(e){return{start:Math.max(0,e.start-this.start),end:Math.min(this.length,e.end-this.
start)}}},M=class{paragraphs;constructor(e){let t=0;this.paragraphs=e.split(`
`).map((i,n)=>{let r=new ae(n,i,t);return t=r.end+1,r})}get length(){return this.paragraphs.at(-1).end}at(e){let t=0,i=this.
paragraphs.length-1;for(;t<i;){let n=t+i+1>>1;this.paragraphs[n].start<=e?t=n:i=n-1}return this.paragraphs[t]}touched(e){
let t=[];for(let i=this.at(e.start).index;i<this.paragraphs.length;i+=1){let n=this.paragraphs[i];if(n.start>=e.end)break;
t.push(n)}return t}slice(e){let t=this.touched(e).map(r=>{let s=r.part(e);return r.text.slice(r.toUtf16(s.start),r.toUtf16(
s.end))}),i=this.touched(e).at(-1),n=i!==void 0&&e.end>i.end&&i.end<this.length;return t.join(`
`)+(n?`
`:"")}trim(e){let t=this.slice(e),i=t.length-t.trimStart().length,n=t.length-t.trimEnd().length;return i===t.length?null:
{start:e.start+i,end:e.end-n}}};var le=74,Ue=7,Ge=15,wt=8,de=36,xt="600px 0px",q=8,j=class{constructor(e){this.events=e;this.highlights=new G(t=>this.rows[t.
index].node),this.scroller.tabIndex=0,this.scroller.setAttribute("role","document"),this.scroller.append(this.coderNames,
this.body),this.near=new IntersectionObserver(t=>{let[i,n]=[[],[]];for(let{target:r,isIntersecting:s}of t)(s?i:n).push(...this.
rowsOf(r));for(let r of n)this.goFar(r);this.comeNear(i.filter(r=>!r.isNear))},{root:this.scroller,rootMargin:xt}),this.
sized=new ResizeObserver(()=>this.resized()),this.sized.observe(this.scroller),this.scroller.addEventListener("scroll",()=>this.
scrolled(),{passive:!0});for(let t of["wheel","pointerdown","keydown"])this.scroller.addEventListener(t,()=>this.isMoved=
!0,{passive:!0});this.body.addEventListener("pointerover",t=>{let i=je(t.target);this.isolate(i),this.events.point(i)}),
this.body.addEventListener("pointerleave",()=>{this.isolate(null),this.events.point(null)}),this.body.addEventListener("\
click",t=>{let i=je(t.target);i!==null&&this.events.choose(i)})}events;scroller=l("div","tp-scroller");body=l("div","tp-\
body");coderNames=l("div","tp-coders");highlights;text=new M("");rows=[];sections=[];rowOf=new WeakMap;firstOf=new WeakMap;codings=new Map;lanes=new Map;laid=new WeakMap;coders=[];laneCounts=[];book;top=0;isMoved=!1;anchor=null;width=0;near;sized;settling=null;size=17;sampled="";pulling=null;handles={
start:this.makeHandle("start"),end:this.makeHandle("end")};show(e,t){this.near.disconnect(),this.highlights.clear(),this.
text=new M(e),this.sections=t,this.codings=new Map,this.lanes=new Map,this.laid=new WeakMap,this.body.replaceChildren(),
this.setMeasure(e);let i=St(this.text,t);this.rows=this.text.paragraphs.map(r=>this.makeRow(r,i.get(r.index)));let n=this.
makeBlocks();this.body.append(...n);for(let r of n)this.near.observe(r)}makeBlocks(){let e=[];for(let t=0;t<this.rows.length;t+=
q){let i=this.rows.slice(t,t+q),n=l("div","tp-block"),r=i.reduce((s,{paragraph:a})=>s+Math.ceil(a.length/le),0);n.style.
setProperty("--lines",String(r)),n.style.setProperty("--rows",String(i.length)),n.append(...i.map(({element:s})=>s)),this.
firstOf.set(n,t),e.push(n)}return e}rowsOf(e){let t=this.firstOf.get(e)??this.rows.length;return this.rows.slice(t,t+q)}setMeasure(e){
this.sampled=e;let t=document.createElement("canvas").getContext("2d"),i=e.slice(0,2e3).replace(/\s+/g," ");if(t===null||
i.length<200)return;t.font=`${this.size}px ${getComputedStyle(this.scroller).getPropertyValue("--tp-serif")||"serif"}`;let n=t.
measureText(i).width/i.length*le;this.scroller.style.setProperty("--tp-measure",`${Math.round(Math.min(740,Math.max(460,
n*17/this.size))*(this.size/17))}px`)}setSize(e){this.size=e,this.scroller.style.setProperty("--tp-size",`${e}px`),this.
scroller.style.setProperty("--tp-line",`${Math.round(e*1.6)}px`),this.rows.length!==0&&(this.setMeasure(this.sampled),this.
reflowed())}makeRow(e,t){let i=l("div",e.length===0?"tp-row tp-blank":"tp-row");i.dataset.start=String(e.start),i.dataset.
end=String(e.end);let n=l("div","tp-words");n.dir="auto";let r=document.createTextNode(We(e.text));n.append(r);let s=l("\
div","tp-margin");t!==void 0&&Ct(t,i,n,s);let a=l("div","tp-stripes"),d=l("div","tp-hidden");i.append(s,n,d,a);let p=t===
void 0?0:Be(e.text,t),h=Ve(e.text),f={paragraph:e,element:i,words:n,node:r,stripes:a,listed:d,furniture:p,turning:h,...{
parts:[],isNear:!1,geometry:null}};return this.rowOf.set(i,f),f}setBook(e){this.book=e,this.scroller.setAttribute("aria-\
label",e.words.text)}setCoders(e){return e.join(`
`)===this.coders.join(`
`)?!1:(this.coders=e,this.laid=new WeakMap,this.coderNames.hidden=!this.isGrouped,this.scroller.toggleAttribute("data-gr\
ouped",this.isGrouped),this.coderNames.replaceChildren(l("span"),l("span"),l("div","tp-coder-names")),this.coderNames.lastElementChild.
append(...e.map(t=>l("span","",t))),this.scroller.style.setProperty("--tp-groups",String(this.isGrouped?e.length:1)),!0)}get isGrouped(){
return this.coders.length>1}get lanesPerGroup(){return this.isGrouped?5:8}setCodings(e,t=!1){let i=new Set,n=d=>{for(let p of this.
text.touched(d))i.add(this.rows[p.index])},r=this.codings;for(let[d,p]of r)qe(p,e.get(d))||n(p);for(let[d,p]of e)qe(p,r.
get(d))||n(p);if(t)for(let d of this.rows)d.parts.length>0&&i.add(d);if(this.codings=e,i.size===0)return;let s=Array.from(
e.values(),d=>this.lay(d));s.sort((d,p)=>De(d.coding,p.coding));let a=Ne(s);for(let{id:d,coding:p}of s)this.lanes.get(d)!==
a.get(d)&&n(p);this.lanes=a,this.countLanes(s);for(let d of i)d.parts=[],d.geometry=null;for(let d of s)this.addParts(d,
i);for(let d of i)this.describe(d);this.draw([...i].filter(d=>d.isNear))}lay(e){let t=this.laid.get(e);if(t===void 0){let i=this.
text.at(e.start).index,n=this.text.at(Math.max(e.start,e.end-1)).index,{id:r,start:s}=e;t={id:r,start:s,end:this.lineAfter(
e),group:this.groupOf(e),coding:e,first:i,last:n},this.laid.set(e,t)}return t}lineAfter({end:e}){return Math.min(e+le,Math.
max(e,this.text.at(e-1).end))}groupOf(e){return this.isGrouped?Math.max(0,this.coders.indexOf(e.coder)):0}countLanes(e){
this.laneCounts=[];for(let t of e){let i=Math.min(this.lanesPerGroup,(this.lanes.get(t.id)??0)+1);this.laneCounts[t.group]=
Math.max(this.laneCounts[t.group]??1,i)}}addParts({coding:e,group:t,first:i,last:n},r){for(let s=i;s<=n;s+=1){let a=this.
rows[s];if(!r.has(a))continue;let{paragraph:d}=a,p=d.part(e);p.end<=p.start||a.parts.push({...p,coding:e,group:t,slot:this.
book.slot(e.code),lane:this.lanes.get(e.id)??0,begins:e.start>=d.start,ends:e.end<=d.end})}}describe(e){let t=e.parts.map(
({coding:i})=>{let n=this.book.spoken(i);return this.isGrouped?c(this.book.words.by_coder,{coding:n,coder:i.coder}):n});
e.listed.textContent=t.length===0?"":c(this.book.words.codes_here,{codes:t.join("; ")})}comeNear(e){for(let t of e)t.isNear=
!0,this.highlights.dress(t.paragraph,t.furniture,t.turning);this.draw(e)}goFar(e){e.isNear&&(e.isNear=!1,this.highlights.
erase(e.paragraph),this.highlights.undress(e.paragraph),e.stripes.replaceChildren())}draw(e){for(let t of e)t.parts.length>
0&&(t.geometry??=kt(t));e.forEach(t=>{this.highlights.draw(t.paragraph,t.parts);let{geometry:i}=t;t.stripes.replaceChildren(),
i!==null&&t.stripes.append(this.drawStripes(t,i))})}drawStripes(e,t){let i=document.createDocumentFragment();for(let n=0;n<
Math.max(1,this.isGrouped?this.coders.length:1);n+=1){let r=l("div","tp-lanes"),a=e.parts.map((d,p)=>({part:d,...t.places[p]})).
filter(({part:d})=>d.group===n);for(let{part:d,top:p,bottom:h}of a)d.lane<this.lanesPerGroup&&r.append(this.bar(d,p,h));
r.append(...this.labels(a,n,t.height)),i.append(r)}return i}bar(e,t,i){let n=l("span",`tp-bar${e.begins?" tp-begins":""}${e.
ends?" tp-ends":""}`);return n.dataset.coding=e.coding.id,n.title=this.titleOf(e.coding),n.style.cssText=`top:${t}px;hei\
ght:${Math.max(4,i-t)}px;left:${e.lane*Ue}px`,n.style.setProperty("--level",this.book.colour(e.coding.code)),n}labels(e,t,i){
let n=(this.laneCounts[t]??1)*Ue+6,r=e.filter(({part:f})=>f.begins&&f.lane<this.lanesPerGroup),s=e.filter(({part:f})=>f.
begins&&f.lane>=this.lanesPerGroup),a=e.filter(({part:f})=>!f.begins&&f.lane>=this.lanesPerGroup),d=a.length===0?i:i-Ge,
p=Ie([...r,...s].map(({top:f})=>f),d,Ge),h=[...[...r,...s].filter((f,C)=>p.tops[C]===null),...a],g=[...r,...s].flatMap(({
part:f},C)=>{let fe=p.tops[C]??null;return fe===null?[]:[this.label(f.coding,fe,n)]});return h.length>0&&g.push(this.more(
h,p.more??Math.max(0,d),n)),g}label(e,t,i){let n=l("span","tp-label"),r=b(e.valence);return n.append(l("span","tp-label-\
code",e.code)),r!==""&&n.append(l("span","tp-label-sign",` ${r}`)),n.append(l("span","tp-label-name",this.book.label(e.code))),
n.dataset.coding=e.id,n.title=this.titleOf(e),n.style.cssText=`top:${t}px;left:${i}px;max-width:calc(100% - ${i}px)`,n.style.
setProperty("--level",this.book.colour(e.code)),n}more(e,t,i){let n=l("span","tp-label tp-more",`+${e.length}`);n.dataset.
coding=e[0].part.coding.id;let r=e.map(({part:s})=>this.titleOf(s.coding)).join(`
`);return n.title=`${c(this.book.words.more_codings,{n:e.length})}
${r}`,n.style.cssText=`top:${t}px;left:${i}px`,n}titleOf(e){return c(this.book.words.by_coder,{coding:this.book.spoken(e),
coder:e.coder})}strengthen(e){let t=e.flatMap(i=>this.codings.get(i)??[]);this.highlights.strengthen(this.text,t.map(i=>({
...i,slot:this.book.slot(i.code)})));for(let i of this.body.querySelectorAll("[data-strong]"))delete i.dataset.strong;for(let i of e)
for(let n of this.body.querySelectorAll(`[data-coding="${CSS.escape(i)}"]`))n.dataset.strong=""}isolate(e){let t=e!==null;
this.body.toggleAttribute("data-isolating",t),this.highlights.setIsolating(t)}makeHandle(e){let t=l("span",`tp-handle tp\
-handle-${e}`);t.setAttribute("aria-hidden","true"),m(t),t.addEventListener("pointerdown",n=>{n.button===0&&(t.setPointerCapture(
n.pointerId),t.dataset.pulled="",this.pulling={end:e,pointer:n.pointerId,x:n.clientX,y:n.clientY},requestAnimationFrame(
()=>this.scrollWhilePulling()))}),t.addEventListener("pointermove",n=>{this.pulling===null||!t.hasPointerCapture(n.pointerId)||
(this.pulling={...this.pulling,x:n.clientX,y:n.clientY},this.pull())});let i=n=>{this.pulling===null||!t.hasPointerCapture(
n.pointerId)||(this.letGo(),this.events.drop())};return t.addEventListener("pointerup",i),t.addEventListener("pointercan\
cel",i),t}pull(){if(this.pulling===null)return;let{end:e,x:t,y:i}=this.pulling,n=this.codePointUnder(this.withinLines(t),
i,e==="end");n!==null&&this.events.pull(e,n)}withinLines(e){let{left:t,right:i}=this.rowOnTop().words.getBoundingClientRect();
return Math.min(i-1,Math.max(t+1,e))}scrollWhilePulling(){if(this.pulling===null)return;let{top:e,bottom:t}=this.scroller.
getBoundingClientRect(),{y:i}=this.pulling,n=Math.min(0,i-e-de)+Math.max(0,i-t+de);n!==0&&(this.scroller.scrollTop+=Math.
sign(n)*Math.min(de,Math.abs(n))/3,this.pull()),requestAnimationFrame(()=>this.scrollWhilePulling())}letGo(){if(this.pulling===
null)return!1;let e=this.handles[this.pulling.end];return e.hasPointerCapture(this.pulling.pointer)&&e.releasePointerCapture(
this.pulling.pointer),delete e.dataset.pulled,this.pulling=null,!0}showHandles(e,t){for(let i of[this.handles.start,this.
handles.end])e===null&&i.remove(),i.style.setProperty("--level",t);e===null||e.end>this.text.length||(this.putHandle(this.
handles.start,e.start,{start:e.start,end:e.start+1},"left"),this.putHandle(this.handles.end,e.end-1,{start:e.end-1,end:e.
end},"right"))}putHandle(e,t,i,n){let r=this.rows[this.text.at(t).index],s=r.element.getBoundingClientRect(),a=this.rectangle(
i);e.style.top=`${a.top-s.top}px`,e.style.height=`${a.height}px`,e.style.left=`${a[n]-s.left}px`,e.parentElement!==r.element&&
r.element.append(e)}codePointAt(e,t,i){let n=e===this.body?t*q:this.firstOf.get(e)??null;if(n!==null)return this.rows[e===
this.body?n:n+t]?.paragraph.start??this.text.length;let r=e instanceof Element?e:e.parentElement,s=this.rowOf.get(r?.closest(
".tp-row")??this.scroller);return s===void 0?null:e===s.node?s.paragraph.start+s.paragraph.toCodePoints(t,i):(s.words.contains(
e)?t>0:e===s.element?t>1:(s.words.compareDocumentPosition(e)&Node.DOCUMENT_POSITION_FOLLOWING)!==0)?s.paragraph.end:s.paragraph.
start}selectedSpan(){let e=document.getSelection();if(e===null||e.isCollapsed||e.rangeCount===0)return null;let t=e.getRangeAt(
0);if(!this.body.contains(t.commonAncestorContainer))return null;let i=this.codePointAt(t.startContainer,t.startOffset,!1),
n=this.codePointAt(t.endContainer,t.endOffset,!0);return i===null||n===null||n<=i?null:this.text.trim({start:i,end:n})}caret(){
let e=document.getSelection();return e===null||e.focusNode===null||!this.body.contains(e.focusNode)?null:this.codePointAt(
e.focusNode,e.focusOffset,!1)}select(e){let[t,i]=[this.place(e.start),this.place(e.end)];document.getSelection()?.setBaseAndExtent(
t.node,t.offset,i.node,i.offset)}place(e){let t=this.text.at(e);return{node:this.rows[t.index].node,offset:t.toUtf16(Math.
min(t.length,e-t.start))}}rectangle(e){let t=document.createRange(),[i,n]=[this.place(e.start),this.place(e.end)];t.setStart(
i.node,i.offset),t.setEnd(n.node,n.offset);let r=t.getClientRects();return r[r.length-1]??t.getBoundingClientRect()}nameVoices(e){
for(let t of this.body.querySelectorAll(".tp-speaker")){let i=e[t.textContent]??"";t.classList.toggle("tp-named",i!==""),
t.title!==i&&(t.title=i)}}voiceAt(e){let[,,,,t,i]=this.sections.findLast(([,n,r])=>n<=e&&e<r)??["",0,0,null,null,null];return{
speaker:t??"",seconds:i}}codePointUnder(e,t,i=!1){let n=document.caretRangeFromPoint(e,t);if(n===null||n.startContainer.
nodeType!==Node.TEXT_NODE||!this.body.contains(n.startContainer))return null;let r=n.startContainer.parentElement.getBoundingClientRect();
return e<r.left||e>r.right||t<r.top||t>r.bottom?null:this.codePointAt(n.startContainer,n.startOffset,i)}window(){let e=this.
scroller.getBoundingClientRect(),t=e.top+this.scroller.clientHeight,i=this.rowAt(e.top+20),n=this.rowAt(t),{start:r}=i.paragraph,
s=(a,d)=>{let{top:p,height:h}=a.element.getBoundingClientRect();return Math.round(Math.min(1,Math.max(0,(d-p)/Math.max(1,
h)))*a.paragraph.length)};return{start:r+s(i,e.top),end:n.paragraph.start+s(n,t)}}reveal(e){let t=this.scroller.getBoundingClientRect(),
i=this.rectangle({start:e.start,end:Math.min(e.end,e.start+1)}),n=this.rectangle(e),r=t.top+40,s=t.bottom-24;i.top<r?this.
scroller.scrollTop-=r-i.top:n.bottom>s&&(this.scroller.scrollTop+=Math.min(n.bottom-s,i.top-r))}scrollTo(e){this.scroller.
scrollTop+=this.offsetOf(this.rows[this.text.at(e).index]),this.isMoved=!1,this.bringUp(e,wt)}bringUp(e,t){let i=this.rectangle(
{start:e,end:e+1}),n=this.scroller.getBoundingClientRect();this.scroller.scrollTop+=i.top-n.top-n.height/3,this.rememberAnchor();
let{text:r}=this;t!==0&&requestAnimationFrame(()=>{this.text===r&&!this.isMoved&&this.bringUp(e,t-1)})}scrollToRow(e){this.
scroller.scrollTop+=this.offsetOf(this.rows[this.text.at(e).index]),this.rememberAnchor()}isVisible(e){let t=this.rectangle(
{start:e,end:e+1}),i=this.scroller.getBoundingClientRect();return t.bottom>i.top&&t.top<i.bottom}get placeOnTop(){return this.
anchor?.row.paragraph.start??0}firstVisible(){let{paragraph:e}=this.rowOnTop(),t=this.scroller.getBoundingClientRect().top,
i=e.start,n=e.end;for(;i<n;){let r=i+n>>1;this.rectangle({start:r,end:r+1}).top<t?i=r+1:n=r}return i}rowOnTop(){return this.
rowAt(this.scroller.getBoundingClientRect().top+20)}rowAt(e){let t=0,i=this.rows.length-1;for(;t<i;){let n=t+i>>1;this.rows[n].
element.getBoundingClientRect().bottom>e?i=n:t=n+1}return this.rows[t]}scrolled(){!this.scroller.isConnected||this.scroller.
clientHeight===0||(this.top=this.scroller.scrollTop,this.events.scrolled(),this.settling!==null&&clearTimeout(this.settling),
this.settling=setTimeout(()=>this.rememberAnchor(),150))}rememberAnchor(){this.top=this.scroller.scrollTop;let e=this.rowOnTop();
this.anchor={row:e,offset:this.offsetOf(e)}}offsetOf(e){return e.element.getBoundingClientRect().top-this.scroller.getBoundingClientRect().
top}resized(){let e=this.scroller.clientWidth;if(e===0||e===this.width)return;let t=this.width===0;this.width=e,!t&&this.
reflowed()}reflowed(){for(let e of this.rows)e.geometry=null;this.anchor!==null&&(this.scroller.scrollTop+=this.offsetOf(
this.anchor.row)-this.anchor.offset),this.draw(this.rows.filter(e=>e.isNear&&e.parts.length>0))}restoreScroll(){let{anchor:e}=this;
this.scroller.scrollTop=this.top,e!==null&&(this.scroller.scrollTop+=this.offsetOf(e.row)-e.offset),this.top=this.scroller.
scrollTop}destroy(){this.settling!==null&&clearTimeout(this.settling),this.near.disconnect(),this.sized.disconnect(),this.
highlights.destroy()}};function kt(o){let e=o.element.getBoundingClientRect(),t=document.createRange(),i=o.parts.map(n=>{
t.setStart(o.node,o.paragraph.toUtf16(n.start)),t.setEnd(o.node,o.paragraph.toUtf16(n.end));let r=t.getBoundingClientRect();
return{top:n.begins?Math.round(r.top-e.top):0,bottom:n.ends?Math.round(r.bottom-e.top):Math.ceil(e.height)}});return{height:e.
height,places:i}}function qe(o,e){return o===e?!0:e===void 0?!1:o.start===e.start&&o.end===e.end&&o.code===e.code&&o.valence===
e.valence&&o.coder===e.coder}function je(o){return o instanceof HTMLElement?o.closest("[data-coding]")?.dataset.coding??
null:null}function St(o,e){let t=new Map;for(let i of e){let n=o.at(i[1]).index;t.has(n)||t.set(n,i)}return t}function Ct(o,e,t,i){
let[n,,,r,s,a]=o;if(e.classList.add(`tp-${n}`),n==="heading"){let d=Math.min(6,Math.max(1,r??2));e.dataset.level=String(
d),t.setAttribute("role","heading"),t.setAttribute("aria-level",String(Math.min(6,d+1)))}s!==null&&i.append(l("span","tp\
-speaker",s)),a!==null&&i.append(l("span","tp-time",pe(a)))}function pe(o){let e=Math.floor(o),t=s=>String(s).padStart(2,
"0"),[i,n,r]=[Math.floor(e/3600),Math.floor(e/60)%60,e%60];return i===0?`${t(n)}:${t(r)}`:`${i}:${t(n)}:${t(r)}`}var J=class{constructor(e){this.choose=e;this.element.setAttribute("role","tree"),m(this.element),this.element.addEventListener(
"click",t=>this.clicked(t)),this.element.addEventListener("keydown",t=>this.key(t))}choose;element=l("div","tp-tree");rows=new Map;folded=new Set;current="";book;setBook(e){
this.book=e,this.element.setAttribute("aria-label",e.words.codes),this.rows.clear(),this.current=e.codes[0]?.key??"",this.
element.replaceChildren(...e.codes.map(t=>this.makeRow(t))),this.refresh()}makeRow(e){let t=l("div","tp-tree-row"),i=this.
book.depth(e);t.dataset.key=e.key,t.title=e.definition===""?e.key:`${e.key}: ${e.definition}`,t.setAttribute("role","tre\
eitem"),t.setAttribute("aria-level",String(i+1)),t.style.setProperty("--level",this.book.colour(e.key)),t.style.setProperty(
"--depth",String(i));let n=l("span","tp-fold");n.setAttribute("aria-hidden","true");let r=l("span","tp-count");return t.
append(n,l("i","tp-swatch"),l("span","tp-tree-label",e.label),r),this.rows.set(e.key,{row:t,count:r}),t}setCodings(e){let t=new Map;
for(let i of e){let n=i.code;for(let r=0;n!==null&&r<10;r+=1)t.set(n,(t.get(n)??0)+1),n=this.book.code(n)?.parent??null}
for(let[i,{count:n}]of this.rows){let r=String(t.get(i)??"");n.textContent!==r&&(n.textContent=r)}}mark(e){for(let[t,{row:i}]of this.
rows)i.setAttribute("aria-selected",String(t===e))}isHidden(e){for(let t=e.parent;t!==null;t=this.book.code(t)?.parent??
null)if(this.folded.has(t))return!0;return!1}refresh(){for(let e of this.book.codes){let{row:t}=this.rows.get(e.key);t.hidden=
this.isHidden(e),t.tabIndex=e.key===this.current?0:-1,this.book.hasChildren(e.key)&&t.setAttribute("aria-expanded",String(
!this.folded.has(e.key)))}}fold(e,t){t?this.folded.add(e):this.folded.delete(e),this.refresh()}clicked(e){if(!(e.target instanceof
HTMLElement))return;let t=e.target.closest(".tp-tree-row")?.dataset.key,i=t===void 0?void 0:this.book.code(t);if(i!==void 0){
if(e.target.classList.contains("tp-fold")&&this.book.hasChildren(i.key)){this.fold(i.key,!this.folded.has(i.key));return}
this.current=i.key,this.refresh(),this.choose(i)}}key(e){let t=this.book.codes.filter(p=>!this.isHidden(p)),i=t.findIndex(
p=>p.key===this.current),n=t[i];if(n===void 0||e.altKey||e.ctrlKey||e.metaKey)return;let r=this.book.hasChildren(n.key)&&
!this.folded.has(n.key),s=p=>{p!==void 0&&(this.current=p.key,this.refresh(),this.rows.get(p.key).row.focus())},d={ArrowDown:()=>s(
t[i+1]),ArrowUp:()=>s(t[i-1]),Home:()=>s(t[0]),End:()=>s(t.at(-1)),ArrowRight:()=>r?s(t[i+1]):this.fold(n.key,!1),ArrowLeft:()=>r?
this.fold(n.key,!0):s(this.book.code(n.parent??"")),Enter:()=>this.choose(n)," ":()=>this.choose(n)}[e.key];d!==void 0&&
(e.preventDefault(),e.stopPropagation(),d())}};var Q=class{constructor(e){this.spans=e}spans;from(e){return this.spans[this.firstWhere(({start:t})=>t>=e)]??null}until(e){
return this.spans[this.firstWhere(({end:t})=>t>e)-1]??null}around(e){return this.spans[this.firstWhere(({end:t})=>t>e)]??
null}firstWhere(e){let t=0,i=this.spans.length;for(;t<i;){let n=t+i>>1;e(this.spans[n])?i=n:t=n+1}return t}};function he(o){
let e=o.paragraphs.flatMap(t=>o.trim(t)??[]);return new Q(e)}function Je(o,e){let t=e.filter(([,,,,i])=>i!==null);return t.
length===0?he(o):new Q(t.flatMap(([,i,n])=>o.trim({start:i,end:n})??[]))}function Qe(o,e,t,i){let n=o.spans.map(()=>!1),
r=0;for(let a of e){for(;r<o.spans.length&&o.spans[r].end<=a.start;)r+=1;for(let d=r;d<o.spans.length&&o.spans[d].start<
a.end;d+=1)n[d]=!0}let s=o.spans.filter((a,d)=>n[d]!==!0);return(i===1?s.find(({start:a})=>a>=t.end):s.findLast(({end:a})=>a<=
t.start))??null}var Et=/(?:^|[\s("“‘«])(?:Mr|Mrs|Ms|Messrs|Dr|Drs|Prof|Hon|Rev|St|Mgr|dhr|mevr|mw|ir|mr|dr|drs|prof|nr|bv|bijv|vs|cf)\.\s+$/u,
Y=class{constructor(e){this.text=e}text;segmenter=new Intl.Segmenter(void 0,{granularity:"sentence"});known=new Map;of(e){
let t=this.known.get(e.index);return t===void 0&&(t=this.split(e),this.known.set(e.index,t)),t}split(e){let t=[],i=null;
for(let{index:n,segment:r}of this.segmenter.segment(e.text)){i??=n;let s=n+r.length;if(Et.test(r)&&s<e.text.length)continue;
let a=this.text.trim({start:e.start+e.toCodePoints(i,!1),end:e.start+e.toCodePoints(s,!0)});i=null,a!==null&&t.push(a)}return t}from(e){
let t=this.text.at(e).index;for(let i=t;i<this.text.paragraphs.length;i+=1){let n=this.of(this.text.paragraphs[i]).find(
r=>r.start>=e);if(n!==void 0)return n}return null}until(e){for(let t=this.text.at(e).index;t>=0;t-=1){let i=this.of(this.
text.paragraphs[t]).findLast(n=>n.end<=e);if(i!==void 0)return i}return null}around(e){return this.of(this.text.at(e)).find(
i=>e<i.end)??this.from(e)}};function Ye(o,e){return o!==null&&e!==null&&o.start===e.start&&o.end===e.end}var Z=class{turns;units;anchor=null;cursor=null;made=null;constructor(e,t){
this.turns=Je(e,t),this.units={sentence:new Y(e),paragraph:he(e),turn:this.turns}}around(e){return this.units.sentence.around(
e)}step(e,t,i,n,r){let s=this.units[e];if(n===null)return this.startAt(t===1?s.around(r):s.until(r));Ye(n,this.made)||this.
startAt(n);let a=i?this.cursor:n,d=this.next(s,a,t);if(d===null)return null;if(!i)return this.startAt(d);this.cursor=d;let p=this.
anchor;return this.made={start:Math.min(p.start,d.start),end:Math.max(p.end,d.end)},this.made}next(e,t,i){let n=e.around(
t.start);return n!==null&&n.start<=t.start&&n.end>=t.end&&!Ye(n,t)?n:i===1?e.from(t.end):e.until(t.start)}startAt(e){return this.
anchor=e,this.cursor=e,this.made=e,e}};var Mt=420,Tt=2e3,_t=820,ee=class{constructor(e,t){this.data=e;this.setStateValue=t;let{document:i,person:n}=e;this.drawer=
new F(window.localStorage,n,i.id,i.version),this.held=new N(JSON.stringify([i.id,i.version,n])),this.remembered=new _(window.
localStorage,n,i.id,i.version),this.filters=this.remembered.document.filters,this.outbox=new W(this.drawer,r=>this.deliver(
r),()=>this.showStatus()),this.recent=new K(window.localStorage,n),this.assemble(),this.listen()}data;setStateValue;root=l(
"section","tp-reader");frame=l("div","tp-frame");bar=new R({toggleTree:()=>this.toggleTree(),help:()=>this.help.toggle(this.
view.scroller),filter:()=>this.filterSheet.toggle(),showAll:()=>this.filter(w),stripes:()=>this.toggleStripes(),size:e=>this.
resizeLetters(e),find:e=>this.find(e),hit:e=>this.stepHit(e),leave:()=>this.backToText()});live=l("div","tp-hidden");codeButton=u(
"tp-code-button","",()=>this.openPalette());probe=ye(e=>this.setGround(e));view=new j({choose:e=>this.choose(e),point:e=>this.
point(e),pull:(e,t)=>this.pull(e,t),drop:()=>this.drop(),scrolled:()=>this.showWindow()});strip=new U(e=>this.view.scrollTo(
e));filterSheet=new B(e=>this.filter(e),()=>this.backToText());tree=new J(e=>this.chooseCode(e));palette=new V;help=new z;inspector=new I(
{setValence:(e,t)=>this.change(e,{valence:t}),setDetail:(e,t)=>this.setDetail(e,t),setMemo:(e,t)=>this.setMemo(e,t),retire:e=>this.
retire(e),changeCode:e=>this.openPaletteToChange(e),choose:e=>this.choose(e),copy:e=>this.copy(e),only:e=>this.filter({...w,
codes:[e.key]}),leave:()=>this.backToText()});drawer;outbox;recent;held;remembered;done=[];undone=[];lastUsed=null;book=null;bookName="";walk=null;finder=null;hits=[];hit=-1;filters=w;stored=new Map;codings=new Map;shown=new Map;ordered=null;pulled=null;waitingTurn=null;asked=0;revision=null;selected=null;pointed=null;shownCode=null;span=null;spanBefore=null;refusal="";shownAt=null;isAttached=!1;hadFocus=!1;isNarrow=!1;wantsTree=!0;pointerFrame=0;windowFrame=0;rowsAbove=new ResizeObserver(
()=>this.fitHeight());leaving=new AbortController;assemble(){let{root:e,frame:t}=this;e.dataset.trigpoint="reader",e.dataset.
document=this.data.document.id,e.tabIndex=-1;let i=l("style","",$e);this.live.setAttribute("aria-live","polite"),this.codeButton.
hidden=!0,this.codeButton.tabIndex=-1,m(this.codeButton),this.view.scroller.append(this.codeButton);let n=l("nav","tp-si\
de");n.append(this.tree.element),t.append(this.bar.element,n,this.view.scroller,this.strip.element,this.inspector.element),
e.append(i,this.probe,t,this.filterSheet.element,this.palette.element,this.help.element,this.live)}listen(){let{root:e}=this,
t={signal:this.leaving.signal};e.addEventListener("keydown",n=>this.key(n)),e.addEventListener("focus",()=>this.view.scroller.
focus({preventScroll:!0})),e.addEventListener("focusin",()=>this.hadFocus=!0),e.addEventListener("focusout",n=>{n.relatedTarget!==
null&&(this.hadFocus=e.contains(n.relatedTarget))});let{scroller:i}=this.view;i.addEventListener("mousedown",n=>this.pressed(
n)),i.addEventListener("pointermove",n=>this.pointAt(n)),i.addEventListener("click",n=>this.clickedText(n)),document.addEventListener(
"pointerdown",()=>this.spanBefore=this.span,{...t,capture:!0}),document.addEventListener("pointerup",()=>setTimeout(()=>this.
offerCode()),t),document.addEventListener("selectionchange",()=>this.noteSelection(),t),window.addEventListener(Te,()=>this.
refresh(),t),window.addEventListener("resize",()=>this.fitHeight(),t),window.addEventListener("online",()=>this.outbox.flush(),
t),window.addEventListener("pagehide",()=>this.leave(),t)}attach(e){let{scroller:t}=this.view,i=this.span;e.append(this.
root),this.isAttached=!0,this.fitHeight(),this.rowsAbove.disconnect(),this.rowsAbove.observe(e.closest(".stMainBlockCont\
ainer")??e),this.setGround(O(this.probe)),this.view.restoreScroll(),T(()=>this.view.restoreScroll()),(document.activeElement===
null||document.activeElement===document.body)&&this.hadFocus&&(t.focus({preventScroll:!0}),i!==null&&this.view.select(i))}detach(){
this.leave(),this.isAttached=!1,this.outbox.stopWaiting()}destroy(){this.outbox.stopWaiting(),this.leaving.abort(),this.
rowsAbove.disconnect(),this.view.destroy(),this.strip.destroy(),this.root.remove()}leave(){this.inspector.finishMemo(),this.
walk!==null&&this.remembered.keepForDocument({place:this.view.placeOnTop})}update(e,t){this.data=e,this.setStateValue=t,
this.fitHeight(),this.refresh()}refresh(){let{data:e}=this,t=E(e.text_shelf),i=E(e.book_shelf);if(!this.isAttached||t===
void 0||i===void 0)return;let n=this.held.after(e.codings,e.codings_shelf,e.coders);if(n===null)return this.askForAll();
this.revision=e.codings.revision;let r=this.bookName!==e.book_shelf;r&&this.setBook(new $(i),e.book_shelf),this.bar.setTitle(
e.document.title),this.root.dataset.readOnly=String(e.read_only);let s=this.view.setCoders(e.coders),a=this.walk===null;
a&&(this.view.setSize(this.remembered.person.size),this.view.show(t.text,t.sections),this.walk=new Z(this.view.text,t.sections),
this.finder=new D(this.view.text),this.showLook()),this.view.nameVoices(e.voices),this.stored=n,this.filterSheet.set(this.
filters,e.coders);let d=this.outbox.settle(e.acked,e.refused);for(let{kept:p,reason:h}of d.refused)this.takeBack(p.operation.
operation,h);d.acked.length>0&&d.refused.length===0&&(this.refusal=""),this.redraw(r||s,d.acked),a&&this.opened(),this.goTo(
e.at),d.acked.length>0&&this.tell("trigpoint:acked",d.acked),this.waitingTurn!==null&&this.outbox.size===0&&this.turn(this.
waitingTurn)}askForAll(){this.data.codings.base===this.data.codings.revision||Date.now()-this.asked<Tt||(this.asked=Date.
now(),this.revision=null,this.send([]))}setBook(e,t){this.book=e,this.bookName=t;let i=[this.bar,this.view,this.tree,this.
palette,this.inspector,this.help,this.filterSheet];for(let n of i)n.setBook(e);this.strip.setTitle(e.words.strip),this.codeButton.
textContent=e.words.code_button,this.bar.showTree(!this.frame.classList.contains("tp-no-tree")),this.showLook(),this.setGround(
O(this.probe))}opened(){let{id:e}=this.data.document,{place:t}=this.remembered.document;this.data.at===null&&t>0&&t<this.
view.text.length&&this.view.scrollToRow(t),document.activeElement?.closest("input, textarea, [contenteditable]")==null&&
!this.data.read_only&&this.view.scroller.focus({preventScroll:!0}),this.outbox.flush(),this.showWindow(),T(()=>{let n={document:e,
codings:this.codings.size};window.dispatchEvent(new CustomEvent("trigpoint:ready",{detail:n}))})}takeBack(e,t){this.refusal=
t,this.done=this.done.filter(i=>i.operation!==e),this.undone=[],this.say(c(this.words.said_refused,{reason:t}))}goTo(e){
if(e===this.shownAt||(this.shownAt=e,e===null||e<0||e>=this.view.text.length))return;let t=[...this.codings.values()].find(
({start:n})=>n===e)??null;this.view.scrollTo(e);let i=t??this.walk.around(e);t!==null&&this.choose(t.id),i!==null&&this.
view.highlights.flash(this.view.text,i)}get words(){return this.book.words}redraw(e=!1,t=[]){if(this.codings=Ee(this.stored,
this.outbox.kept(),this.data.person),this.ordered=null,this.shown=this.passing(),this.view.setCodings(this.shown,e),this.
showStrip(),this.bar.showFiltered(H(this.filters),this.shown.size,this.codings.size),this.tree.setCodings(this.codings.values()),
this.selected!==null){let i=this.codings.get(this.selected.id)??Me(this.selected,this.codings,t);this.selected=i}this.pointed!==
null&&!this.codings.has(this.pointed)&&(this.pointed=null),this.showSelected(),this.showStatus(),this.root.dataset.codings=
String(this.codings.size)}showSelected(){let{selected:e,shownCode:t}=this;this.view.strengthen([...new Set([e?.id,this.pointed])].
filter(n=>typeof n=="string")),this.tree.mark(e?.code??t?.key??null),this.root.dataset.selected=e?.id??"";let i=e!==null&&
this.canChange(e)&&this.shown.has(e.id);if(this.view.showHandles(i?e:null,e===null?"":this.book.colour(e.code)),e!==null)
this.inspector.showCoding({coding:e,quote:this.view.text.slice(e),alsoHere:this.others(e),canChange:this.canChange(e),voice:this.
voiceOf(e),said:{actor:this.saidOf("actor"),timepoint:this.saidOf("timepoint")}});else if(t!==null){let n=[...this.codings.
values()].filter(({code:r})=>r===t.key).length;this.inspector.showCode(t,n)}else this.inspector.showNothing(this.data.read_only)}voiceOf(e){
let{speaker:t}=this.view.voiceAt(e.start);return this.data.voices[t]??t}saidOf(e){let t=new Set;for(let{detail:i}of this.
codings.values())i!==x&&i[e]!==""&&t.add(i[e]);return[...t].sort()}passing(){if(!H(this.filters))return this.codings;let e=t=>this.
book.code(t)?.level??"";return new Map([...this.codings].filter(([,t])=>Se(t,this.filters,e)))}showStrip(){let{colours:e}=this.
book,t=this.root.dataset.ground==="dark"?"dark":"light",i=({start:n,end:r,code:s})=>({start:n,end:r,colour:e.colour(this.
book.slot(s),t)});this.strip.show(this.view.text.length,()=>Array.from(this.shown.values(),i))}showWindow(){this.windowFrame!==
0||this.walk===null||(this.windowFrame=requestAnimationFrame(()=>{this.windowFrame=0,this.isAttached&&this.strip.showWindow(
this.view.window())}))}others(e){return this.inOrder().filter(t=>t.id!==e.id&&t.start<e.end&&t.end>e.start)}showStatus(){
if(this.book===null)return;let{size:e}=this.outbox;this.root.dataset.pending=String(e);let[t,i]=this.statusNow(e),{status:n}=this.
bar;n.dataset.state=t,n.textContent!==i&&(n.textContent=i,n.title=t==="saved"?"":i)}statusNow(e){let{words:t}=this;if(this.
refusal!=="")return["refused",c(t.not_saved,{reason:this.refusal})];if(this.outbox.isStuck)return["stuck",c(t.not_saved,
{reason:c(t.no_answer,{n:e})})];if(e>0)return["saving",c(t.saving,{n:e})];let i=this.drawer.elsewhere();return i>0?["stu\
ck",c(t.waiting_elsewhere,{n:i})]:this.data.read_only?["read-only",this.data.reason_read_only||t.read_only]:["saved",t.saved]}say(e){
this.live.textContent=e}tell(e,t){T(()=>window.dispatchEvent(new CustomEvent(e,{detail:{operations:t}})))}setGround(e){this.
root.dataset.ground=e,this.book!==null&&(this.book.colours.setVariables(this.root,e),this.view.highlights.setColours(this.
book.colours,e),this.walk!==null&&(this.showStrip(),this.showHits()))}fitHeight(){if(!this.isAttached)return;let{height:e}=this.
data,t=this.root.getBoundingClientRect().top+this.scrolledPage(),i=e??Math.max(Mt,window.innerHeight-t-16);this.root.style.
height=`${Math.round(i)}px`,this.fitWidth()}scrolledPage(){let e=0;for(let t=this.root.parentElement;t!==null;t=t.parentElement)
e+=t.scrollTop;return e}toggleTree(){let e=!this.frame.classList.toggle("tp-no-tree");this.isNarrow||(this.wantsTree=e),
this.bar.showTree(e)}fitWidth(){let e=this.root.clientWidth<=_t;if(e===this.isNarrow)return;this.isNarrow=e;let t=!e&&this.
wantsTree;this.frame.classList.toggle("tp-no-tree",!t),this.book!==null&&this.bar.showTree(t)}backToText(){this.view.scroller.
focus({preventScroll:!0}),!(this.selected===null||this.view.caret()!==null)&&this.view.select({start:this.selected.start,
end:this.selected.start})}filter(e){this.filters=e,this.remembered.keepForDocument({filters:e}),this.filterSheet.set(e,this.
data.coders),this.redraw(),this.selected!==null&&!this.shown.has(this.selected.id)&&this.choose(null)}toggleStripes(){let{
stripesOnly:e}=this.remembered.person;this.remembered.keepForPerson({stripesOnly:!e}),this.showLook()}resizeLetters(e){let{
size:t}=this.remembered.person,i=e===1?S.find(n=>n>t):S.findLast(n=>n<t);i!==void 0&&(this.remembered.keepForPerson({size:i}),
this.view.setSize(i),this.showLook(),this.showSelected())}showLook(){let{size:e,stripesOnly:t}=this.remembered.person;this.
view.highlights.setPlain(t),this.bar.showLook(e,t)}find(e){if(this.finder===null)return;this.hits=this.finder.find(e);let t=this.
view.window().start;this.hit=this.hits.length===0?-1:Math.max(0,this.hits.findIndex(({start:n})=>n>=t)),this.showHits();
let i=this.hits[this.hit];i!==void 0&&this.view.reveal(i)}showHits(){this.view.highlights.find(this.view.text,this.hits,
this.hits[this.hit]??null),this.strip.showHits(this.hits,getComputedStyle(this.root).getPropertyValue("--accent")),this.
bar.showHits(this.hit+1,this.hits.length)}stepHit(e){if(this.hits.length===0)return this.bar.focusSearch();let t=document.
activeElement===this.view.scroller,i=t&&this.span!==null?this.span:null,n=i===null?this.hit+e:e===1?this.hits.findIndex(
({start:a})=>a>=i.end):this.hits.findLastIndex(({end:a})=>a<=i.start),r=this.hits.length-1;this.hit=n<0?i!==null&&e===1?
0:r:n>r?0:n;let s=this.hits[this.hit];this.showHits(),t&&this.take(s),this.view.reveal(s)}deliver(e){setTimeout(()=>this.
send(e))}send(e){let{person:t,document:i}=this.data,r={...{document:i.id,version:i.version,person:t},sent:Date.now(),holds:this.
revision,operations:e};this.isAttached&&this.setStateValue("outbox",r)}turn(e){if(!this.data.turns.includes(e)){this.say(
this.words[`no_turn_${e}`]);return}this.inspector.finishMemo(),this.waitingTurn=this.outbox.size>0?e:null,this.waitingTurn===
null&&this.setStateValue("turn",{to:e,sent:Date.now()})}perform(e){let t=oe(e,this.codings);this.refusal="",this.outbox.
add(e,this.reversalFor(e)),this.redraw(),t!==null&&(this.done.push({operation:e.operation,back:t,forth:oe(e,this.codings)}),
this.undone=[]),this.tell("trigpoint:painted",[e.operation])}reversalFor({type:e}){if(e!=="undo"&&e!=="redo")return{};let[
t,i]=e==="undo"?[this.done,this.undone]:[this.undone,this.done],n=t.pop();return n===void 0?{}:(i.push(n),{reversal:e===
"undo"?n.back:n.forth})}refuseReadOnly(){return this.data.read_only?(this.say(this.data.reason_read_only||this.words.read_only),
!0):!1}canChange(e){return e.mine&&!this.data.read_only}apply(e,t,i){if(this.refuseReadOnly())return;this.recent.use(e.key),
this.lastUsed={code:e,valence:t};let n=[...this.codings.values()].find(a=>a.mine&&a.code===e.key&&a.start===i.start&&a.end===
i.end);if(n!==void 0){this.choose(n.id),n.valence===t?this.say(c(this.words.said_already,{code:e.label})):this.change(n,
{valence:t});return}let r=k();this.shownCode=null;let s={coder:this.data.person,memo:"",mine:!0,detail:x,origin:null};this.
selected={id:r,...i,code:e.key,valence:t,...s},this.perform({operation:r,type:"apply",start:i.start,end:i.end,code:e.key,
valence:t}),this.say(c(this.words.said_coded,{code:this.book.spoken({code:e.key,valence:t,origin:null})}))}applyNew(e,t,i){
if(this.refuseReadOnly())return;let{start:n,end:r}=i;this.shownCode=null,this.perform({operation:k(),type:"apply",start:n,
end:r,code:e.label,valence:t,new_code:e}),this.say(c(this.words.said_coded,{code:e.label}))}change(e,t){if(!this.canChange(
e))return;let i=t.code!==void 0&&t.code!==e.code?{code:t.code}:{},n=t.valence!==void 0&&t.valence!==e.valence?{valence:t.
valence}:{};if(Object.keys({...i,...n}).length===0)return;this.perform({operation:k(),type:"change",coding:e.id,...i,...n});
let r=this.codings.get(e.id)??e;this.say(c(this.words.said_changed,{code:this.book.spoken(r)}))}resize(e,t){!this.canChange(
e)||t.start===e.start&&t.end===e.end||(this.perform({operation:k(),type:"resize",coding:e.id,start:t.start,end:t.end}),this.
say(c(this.words.said_resized,{quote:X(this.view.text.slice(t))})))}fit(){let{selected:e,span:t}=this;e===null?this.say(
this.words.said_no_coding):t===null?this.take(e):this.resize(e,t)}pull(e,t){let{selected:i}=this;if(i===null)return;let n={
start:i.start,end:i.end,[e]:t};this.pulled=n.start<n.end?this.view.text.trim(n):null,this.view.highlights.hold(this.view.
text,this.pulled)}drop(){let{selected:e,pulled:t}=this;this.pulled=null,this.view.highlights.hold(this.view.text,null),e!==
null&&t!==null&&this.resize(e,t),this.showSelected()}setDetail(e,t){let i=this.codings.get(e.id);i===void 0||!this.canChange(
i)||(this.perform({operation:k(),type:"detail",coding:e.id,...t}),this.say(this.words.said_attributes))}setMemo(e,t){let i=this.
codings.get(e.id);i===void 0||!this.canChange(i)||i.memo===t||(this.perform({operation:k(),type:"memo",coding:e.id,text:t}),
this.say(this.words.said_memo))}retire(e){this.canChange(e)&&(this.selected=null,this.perform({operation:k(),type:"retir\
e",coding:e.id}),this.view.scroller.focus({preventScroll:!0}),this.say(c(this.words.said_retired,{code:this.book.spoken(
e)})))}turnBack(e){this.refuseReadOnly()||(this.inspector.finishMemo(),this.perform({operation:k(),type:e}),this.say(e===
"undo"?this.words.said_undone:this.words.said_redone))}copy(e){ke(this.citation(e)).then(t=>this.say(t?this.words.said_copied:
this.words.said_not_copied))}citation(e){let{seconds:t}=this.view.voiceAt(e.start),{title:i}=this.data.document,n=c(this.
words.place,{start:e.start,end:e.end}),r=[i,this.voiceOf(e),t===null?"":pe(t),n].filter(a=>a!==""),s=`${e.code} ${b(e.valence)}`.
trimEnd();return`“${this.view.text.slice(e)}” (${r.join(", ")}) [${s}]`}inOrder(){return this.ordered??=[...this.shown.
values()].sort((e,t)=>e.start-t.start||t.end-e.end||(e.id<t.id?-1:1)),this.ordered}choose(e){this.inspector.finishMemo(),
this.selected=e===null?null:this.codings.get(e)??null,this.shownCode=null,this.showSelected()}point(e){e!==this.pointed&&
(this.pointed=e,this.showSelected())}chooseCode(e){let t=this.view.selectedSpan();if(t!==null&&!this.data.read_only){this.
codeButton.hidden=!0,this.apply(e,null,t);return}this.selected=null,this.shownCode=e,this.showSelected()}codingsAt(e){return[
...this.shown.values()].filter(({start:t,end:i})=>t<=e&&e<i).sort((t,i)=>t.end-t.start-(i.end-i.start)||(t.id<i.id?-1:1))}pointAt(e){
e.buttons!==0||this.pointerFrame!==0||e.target instanceof HTMLElement&&e.target.dataset.coding!==void 0||(this.pointerFrame=
requestAnimationFrame(()=>{this.pointerFrame=0;let t=this.view.codePointUnder(e.clientX,e.clientY);this.point(t===null?null:
this.codingsAt(t)[0]?.id??null)}))}pressed(e){if(e.target===this.codeButton||e.button!==0)return;this.codeButton.hidden=
!0,e.target instanceof Element&&e.target.closest(".tp-words")!==null&&e.detail===1&&!e.shiftKey&&document.getSelection()?.
removeAllRanges()}clickedText(e){if(e.target instanceof HTMLElement&&e.target.closest(".tp-stripes, .tp-code-button")!==
null||this.view.selectedSpan()!==null)return;let t=this.view.codePointUnder(e.clientX,e.clientY),i=t===null?[]:this.codingsAt(
t),n=i.findIndex(({id:r})=>r===this.selected?.id);this.choose(i[(n+1)%Math.max(1,i.length)]?.id??null)}noteSelection(){this.
palette.isOpen||!this.isAttached||this.walk===null||(this.span=this.view.selectedSpan(),this.root.dataset.selection=this.
span===null?"":`${this.span.start}-${this.span.end}`,this.span===null&&(this.codeButton.hidden=!0))}offerCode(){if(this.
noteSelection(),this.span?.start===this.spanBefore?.start&&this.span?.end===this.spanBefore?.end||this.span===null||this.
data.read_only||this.palette.isOpen||document.activeElement!==this.view.scroller)return;let{scroller:e}=this.view,t=this.
view.rectangle(this.span),i=e.getBoundingClientRect();this.codeButton.style.top=`${t.bottom-i.top+e.scrollTop+4}px`,this.
codeButton.style.left=`${Math.min(t.right,i.right-90)-i.left}px`,this.codeButton.hidden=!1}openPalette(){let e=this.view.
selectedSpan()??this.span;if(e===null){this.selected!==null&&this.canChange(this.selected)?this.openPaletteToChange(this.
selected):this.say(this.words.said_nothing_selected);return}this.refuseReadOnly()||(this.codeButton.hidden=!0,this.span=
e,this.view.highlights.hold(this.view.text,e),this.palette.open({title:c(this.words.code_selection,{quote:X(this.view.text.
slice(e))}),valence:null,recent:this.recent.keys,choose:(t,i)=>this.apply(t,i,e),propose:this.data.can_propose?(t,i)=>this.
applyNew(t,i,e):null,words:this.view.text.slice(e),closed:()=>this.closedPalette(e)},this.root.getBoundingClientRect(),this.
view.rectangle(e)))}openPaletteToChange(e){this.canChange(e)&&this.palette.open({title:c(this.words.change_code_of,{code:this.
book.label(e.code)}),valence:e.valence,recent:this.recent.keys,choose:(t,i)=>{this.recent.use(t.key),this.change(this.selected??
e,{code:t.key,valence:i})},propose:null,words:"",closed:()=>this.closedPalette(null)},this.root.getBoundingClientRect(),
this.view.rectangle(e))}closedPalette(e){this.view.highlights.hold(this.view.text,null),this.view.scroller.focus({preventScroll:!0}),
e!==null&&this.view.select(e),this.noteSelection()}key(e){if(!e.ctrlKey&&!e.metaKey&&!e.altKey&&(e.key.length===1||e.key===
"Enter")&&e.stopPropagation(),this.walk===null||e.defaultPrevented||e.isComposing||ge(e.target)||e.target instanceof HTMLButtonElement&&
e.key==="Enter")return;let n=Oe(e);n!==null&&(e.preventDefault(),this.noteSelection(),this.obey(n))}obey(e){switch(e.name){case"\
walk":return this.step(e.unit,e.step,e.extend);case"uncoded":return this.stepUncoded(e.step);case"hit":return this.stepHit(
e.step);case"find":return this.bar.focusSearch();case"valence":return this.setValence(e.valence);case"attributes":return this.
inspector.editDetails();case"fit":return this.fit();case"copy":return this.selected===null?this.say(this.words.said_no_coding):
this.copy(this.selected);case"stripes":return this.toggleStripes();case"filter":return this.filterSheet.toggle();case"tu\
rn":return this.turn(e.to);case"coding":return this.stepCoding(e.step);case"palette":return this.openPalette();case"rece\
nt":return this.applyRecent(e.index);case"repeat":return this.repeat();case"retire":return this.selected===null?void 0:this.
retire(this.selected);case"memo":return this.inspector.editMemo();case"undo":case"redo":return this.turnBack(e.name);case"\
help":return this.help.toggle(this.view.scroller);case"escape":return this.escape()}}step(e,t,i){let n=this.view.caret(),
r=n!==null&&this.view.isVisible(n)?n:this.view.firstVisible(),s=this.walk.step(e,t,i,this.span,r);s!==null&&this.take(s)}take(e){
this.codeButton.hidden=!0,this.backToText(),this.view.select(e),this.view.reveal(e),this.noteSelection(),this.say(X(this.
view.text.slice(e)))}stepUncoded(e){let t=this.view.firstVisible(),i=this.span??{start:t,end:t},n=[...this.codings.values()].
filter(({mine:s})=>s).sort((s,a)=>s.start-a.start),r=Qe(this.walk.turns,n,i,e);r===null?this.say(this.words.said_all_coded):
this.take(r)}setValence(e){this.selected===null?this.say(this.words.said_no_coding):this.change(this.selected,{valence:this.
selected.valence===e?null:e})}stepCoding(e){let t=this.inOrder(),{selected:i,span:n}=this,r=i!==null&&(n===null||n.start<
i.end&&n.end>i.start),s=(r?i:n)?.start??this.view.firstVisible(),a=r?t.findIndex(({id:h})=>h===i.id):-1,d=a!==-1?t[a+e]:
e===1?t.find(({start:h})=>h>=s):t.findLast(({start:h})=>h<s);if(d===void 0)return;this.choose(d.id),this.view.select({start:d.
start,end:d.start}),this.view.reveal(d);let p=this.book.spoken(d);this.say(c(this.words.said_selected,{coding:p,quote:X(
this.view.text.slice(d))}))}applyRecent(e){let t=this.book.offered(this.recent.keys)[e];this.span===null?this.say(this.words.
said_nothing_selected):t!==void 0&&this.apply(t,null,this.span)}repeat(){this.span===null?this.say(this.words.said_nothing_selected):
this.lastUsed!==null&&this.apply(this.lastUsed.code,this.lastUsed.valence,this.span)}escape(){if(this.codeButton.hidden=
!0,this.view.letGo()){this.pulled=null,this.view.highlights.hold(this.view.text,null);return}this.span!==null?document.getSelection()?.
collapseToStart():(this.selected!==null||this.shownCode!==null)&&this.choose(null),this.noteSelection()}};function X(o){
let e=o.replace(/\s+/g," ");return e.length<=90?e:`${e.slice(0,60)} … ${e.slice(-24)}`}function k(){let o=crypto.getRandomValues(
new Uint8Array(16));o[6]=o[6]&15|64,o[8]=o[8]&63|128;let e=Array.from(o,t=>t.toString(16).padStart(2,"0")).join("");return[
e.slice(0,8),e.slice(8,12),e.slice(12,16),e.slice(16,20),e.slice(20)].join("-")}var Rt=1500,te=new WeakMap,ce=window.trigpointParked??=new Map;function At({document:o,person:e}){return JSON.stringify(
[o.id,o.version,e])}function ue(o){let e=ce.get(o);return e===void 0?null:(clearTimeout(e.giveUp),ce.delete(o),e.reader)}
function Ze(o,e){e.detach(),ue(o)?.destroy();let t=setTimeout(()=>ue(o)?.destroy(),Rt);ce.set(o,{reader:e,giveUp:t})}function Ot({
data:o,parentElement:e,setStateValue:t}){let i=At(o),n=te.get(e);if(n!==void 0&&n.identity!==i&&(Ze(n.identity,n.reader),
n.reader.root.remove(),n=void 0),n===void 0){let s=ue(i)??new ee(o,t);n={reader:s,identity:i},te.set(e,n),s.attach(e)}let{
reader:r}=n;return r.update(o,t),()=>{te.get(e)?.reader===r&&(te.delete(e),Ze(i,r))}}function Lt(){window.trigpointReader=
Ot,window.dispatchEvent(new CustomEvent("trigpoint:program"))}export{Lt as default};
