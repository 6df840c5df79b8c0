// sources sha256 e8a7c1722601af26472344bac33bedd2724f7a645a3abe31e4b6d989a81c4a96; made by "npm run build" from src/, do not edit
function l(o,e="",t=""){let n=document.createElement(o);return e!==""&&(n.className=e),t!==""&&(n.textContent=t),n}function u(o,e,t){
let n=l("button",o,e);return n.type="button",n.addEventListener("click",t),n}function f(o){o.addEventListener("pointerdo\
wn",e=>e.preventDefault()),o.addEventListener("mousedown",e=>e.preventDefault())}function T(o){if(document.hidden){setTimeout(
o);return}requestAnimationFrame(()=>{let e=new MessageChannel;e.port1.onmessage=()=>{e.port1.close(),o()},e.port2.postMessage(
null)})}function ce(o){return o instanceof HTMLInputElement||o instanceof HTMLTextAreaElement}var b={levels:[],codes:[],coders:[],valences:[]},k=[14,15,17,19,21,24],M=class{constructor(e,t,n,i){this.storage=e;this.
ofPerson=`trigpoint/reading/${encodeURIComponent(t)}`,this.name=`${this.ofPerson}/${encodeURIComponent(n)}/${encodeURIComponent(
i)}`}storage;name;ofPerson;get document(){return{place:0,filters:b,...this.read(this.name)}}get person(){return{size:17,
stripesOnly:!1,...this.read(this.ofPerson)}}keepForDocument(e){this.write(this.name,{...this.document,...e})}keepForPerson(e){
this.write(this.ofPerson,{...this.person,...e})}read(e){try{return JSON.parse(this.storage?.getItem(e)??"{}")}catch{return{}}}write(e,t){
try{this.storage?.setItem(e,JSON.stringify(t))}catch{}}};function c(o,e){return o.replace(/\{(\w+)\}/g,(t,n)=>String(e[n]??t))}var _=class{constructor(e){this.events=e;this.status.setAttribute("role","status"),this.count.setAttribute("aria-live","\
polite"),this.filtered.hidden=!0,this.search.type="search",this.search.spellcheck=!1,this.search.addEventListener("input",
()=>this.events.find(this.search.value)),this.search.addEventListener("keydown",n=>this.key(n));let t=l("span","tp-searc\
hing");t.append(this.search,this.count),this.element.append(this.tree,this.title,this.status,t,this.filtered),this.element.
append(this.filterButton,this.stripes,this.smaller,this.larger,this.helpButton)}events;element=l("header","tp-bar-top");status=l(
"span","tp-status");title=l("h2","tp-title");tree=u("tp-button tp-quiet","",()=>this.events.toggleTree());helpButton=u("\
tp-button tp-quiet","",()=>this.events.help());filterButton=u("tp-button tp-quiet","",()=>this.events.filter());filtered=u(
"tp-button tp-filtered","",()=>this.events.showAll());stripes=u("tp-button tp-quiet","",()=>this.events.stripes());smaller=u(
"tp-button tp-quiet tp-size","A−",()=>this.events.size(-1));larger=u("tp-button tp-quiet tp-size","A+",()=>this.events.
size(1));search=l("input","tp-input tp-search");count=l("span","tp-soft tp-found");book;setBook(e){this.book=e;let{words:t}=e;
this.helpButton.textContent=`? ${t.keys}`,this.filterButton.textContent=t.filter,this.search.placeholder=t.find,this.search.
setAttribute("aria-label",t.find);for(let[n,i]of[[this.smaller,t.smaller],[this.larger,t.larger]])n.title=i,n.setAttribute(
"aria-label",i)}setTitle(e){this.title.textContent=e,this.title.title=e}showTree(e){this.tree.textContent=`${e?"◂":"▸"}\
 ${this.book.words.codes}`,this.tree.setAttribute("aria-expanded",String(e)),this.tree.title=e?this.book.words.hide_codes:
this.book.words.show_codes}showLook(e,t){this.smaller.disabled=e<=k[0],this.larger.disabled=e>=k.at(-1),this.stripes.textContent=
this.book.words.stripes_only,this.stripes.setAttribute("aria-pressed",String(t))}showFiltered(e,t,n){this.filtered.hidden=
!e,this.filterButton.setAttribute("aria-pressed",String(e)),e&&(this.filtered.textContent=c(this.book.words.filtered,{n:t,
total:n}),this.filtered.title=this.book.words.show_all)}showHits(e,t){let{words:n}=this.book,i=this.search.value.trim()===
"";this.count.textContent=i?"":t===0?n.no_hits:c(n.hits,{n:e,total:t})}focusSearch(){this.search.focus({preventScroll:!0}),
this.search.select()}key(e){e.stopPropagation(),!e.isComposing&&(e.key==="Enter"&&(e.preventDefault(),this.events.hit(e.
shiftKey?-1:1)),e.key==="Escape"&&(e.preventDefault(),this.search.value!==""&&(this.search.value="",this.events.find("")),
this.events.leave()))}};var ee={INN:{light:"#2B70C6",dark:"#8091E1"},PRO:{light:"#1A7254",dark:"#5FB88C"},PAT:{light:"#AA5113",dark:"#AD800A"},SOC:{
light:"#4D2060",dark:"#E5459F"},ORG:{light:"#1C6276",dark:"#BCDDF3"},ECO:{light:"#131ACA",dark:"#BDD963"},IMP:{light:"#1\
73A34",dark:"#7BECC5"}},je={light:"#0B625E",dark:"#6CCDC2"},ue={light:"#B3261E",dark:"#FF8A7A"},fe={light:"#f2d98c",dark:"\
#6b5514"},te={light:"#5A6068",dark:"#A3A9B0"},R=class{slots=new Map;pairs=[];constructor(e){let t=[...new Set(e.map(r=>r.
level))],n=Object.keys(ee).filter(r=>!t.includes(r)),i=0;for(let r of t){let s=ee[r]??ee[n[i++%Math.max(1,n.length)]??""];
this.slots.set(r,this.pairs.push(s??te)-1)}for(let r of new Set(e.map(s=>s.colour??"")))r!==""&&this.slots.set(r,this.pairs.
push({light:r,dark:r})-1);this.pairs.push(te)}get count(){return this.pairs.length}slot(e){return this.slots.get(e??"")??
this.pairs.length-1}colour(e,t){return this.pairs[e][t]}setVariables(e,t){this.pairs.forEach((n,i)=>e.style.setProperty(
`--level-${i}`,n[t]))}highlightRules(e,t,n){let i=this.pairs.map((s,a)=>{let d=s[t],p=`text-decoration:underline 2px ${d}\
;text-underline-offset:3px`,h={full:`background-color:${d}29;${p}`,faint:`background-color:${d}0d`,none:""},y=n==="full"?
`background-color:${d}30`:`background-color:${d}42;${p}`;return`::highlight(${e}-${a}){${h[n]}}
::highlight(${e}-${a}-strong){${y}}`}),r=je[t];return i.push(`::highlight(${e}-furniture){color:${te[t]}}`),i.push(`::hi\
ghlight(${e}-turning){color:${ue[t]};background-color:${ue[t]}29}`),i.push(`::highlight(${e}-found){background-color:${fe[t]}\
}`),i.push(`::highlight(${e}-current){background-color:${fe[t]};text-decoration:underline 3px ${r}}`),i.push(`::highligh\
t(${e}-held){background-color:${r}3d}`),i.push(`::highlight(${e}-flash){background-color:${r}3d;text-decoration:underlin\
e 2px ${r}}`),i.join(`
`)}};function A(o){let e=getComputedStyle(o).backgroundColor.match(/[\d.]+/g)?.map(Number)??[],[t=255,n=255,i=255,r=1]=e;
return r===0?"light":.2126*t+.7152*n+.0722*i<128?"dark":"light"}function ge(o){let e=document.createElement("i");return e.
className="tp-probe",e.setAttribute("aria-hidden","true"),e.addEventListener("transitionend",()=>o(A(e))),e}function g(o){return o.normalize("NFD").replace(/\p{M}/gu,"").toLowerCase()}var ne={"+":"facilitator","-":"barrier","−":"\
barrier","±":"mixed","·":"neutral"};function ie(o){let e=o.trim(),t=null;e.startsWith("+-")||e.startsWith("-+")?(t="mi\
xed",e=e.slice(2)):e!==""&&ne[e[0]]!==void 0&&(t=ne[e[0]],e=e.slice(1));let n=/\s([+\-−±·])$/.exec(e);return n!==null&&
(t=ne[n[1]],e=e.slice(0,n.index)),{words:g(e).split(/\s+/).filter(i=>i!==""),valence:t}}function Je(o,e){return o.label.
startsWith(e)?9:o.key.startsWith(e)?8:o.label.includes(` ${e}`)?7:o.key.includes(e)?6:o.label.includes(e)?5:o.all.includes(
` ${e}`)?3:o.all.includes(e)?2:o.terms.includes(` ${e}`)?1.5:e.length>2&&o.definition.includes(` ${e}`)?.5:0}var L=class{entries;constructor(e){
let t=new Map(e.map(n=>[n.key,n.label]));this.entries=e.map(n=>({code:n,key:g(n.key),label:g(n.label),all:` ${g(`${n.search}\
 ${t.get(n.level)??""}`)}`,terms:` ${g(n.terms)}`,definition:` ${g(n.definition)}`}))}find(e,t){let n=this.entries.flatMap(
(i,r)=>{let s=e.map(d=>Je(i,d));if(s.includes(0))return[];let a=s.reduce((d,p)=>d+p,0)+(t.includes(i.code.key)?.5:0);return[
{code:i.code,total:a,position:r}]});return n.sort((i,r)=>r.total-i.total||i.position-r.position),n.map(i=>i.code)}};var m=[null,"facilitator","barrier","mixed","neutral"],Ye={facilitator:"+",barrier:"−",mixed:"±",neutral:"·"};function v(o){
return o===null?"":Ye[o]}var O=class{codes;words;colours;search;byKey;constructor(e){this.codes=e.codes,this.words=e.words,
this.colours=new R(e.codes),this.search=new L(e.codes),this.byKey=new Map(e.codes.map(t=>[t.key,t]))}code(e){return this.
byKey.get(e)}label(e){return this.byKey.get(e)?.label??e}slot(e){let t=this.byKey.get(e);return this.colours.slot(t?.colour||
t?.level)}colour(e){return`var(--level-${this.slot(e)})`}depth(e){let t=0;for(let n=e.parent;n!==null&&t<9;t+=1)n=this.byKey.
get(n)?.parent??null;return t}hasChildren(e){return this.codes.some(t=>t.parent===e)}valenceWord(e){return this.words[`v\
alence_${e??"none"}`]}spoken(e){let t=this.label(e.code);return e.valence===null?t:`${t}, ${this.valenceWord(e.valence)}`}};var me=["weak","strong"],ve=["experienced","anticipated","wished","reported_about_others"],ye=["sure","unsure"],w={strength:null,
evidence:null,actor:"",timepoint:"",certainty:null};async function be(o){try{return await navigator.clipboard.writeText(o),!0}catch{return Ze(o)}}function Ze(o){let e=document.
createElement("textarea");e.value=o,e.style.cssText="position:fixed;opacity:0",document.body.append(e),e.select();let t=document.
execCommand("copy");return e.remove(),t}function $(o){return Object.values(o).some(e=>e.length>0)}function we(o,e,t){let n=(i,r)=>i.length===0||i.includes(r);return n(
e.levels,t(o.code))&&n(e.codes,o.code)&&n(e.coders,o.coder)&&n(e.valences,o.valence??"none")}var P=class{constructor(e,t){
this.changed=e;this.closed=t;this.element.hidden=!0,this.element.tabIndex=-1,this.element.setAttribute("role","dialog"),
this.element.addEventListener("keydown",n=>{n.stopPropagation(),n.key==="Escape"&&this.close()})}changed;closed;element=l(
"div","tp-sheet tp-filters");filters=b;coders=[];book;setBook(e){this.book=e,this.element.setAttribute("aria-label",e.words.
filter)}set(e,t){this.filters=e,this.coders=t,this.element.hidden||this.draw()}toggle(){if(!this.element.hidden){this.close();
return}this.element.hidden=!1,this.draw(),this.element.focus({preventScroll:!0})}close(){this.element.hidden||(this.element.
hidden=!0,this.closed())}draw(){let{words:e}=this.book,t=document.activeElement instanceof HTMLElement?document.activeElement.
dataset.choice:void 0,n=this.book.codes.filter(({parent:p})=>p===null),i=[this.group(e.level,"levels",n.map(({key:p,label:h})=>[
p,h])),this.group(e.valence,"valences",m.map(p=>[p??"none",`${v(p)} ${this.book.valenceWord(p)}`.trim()]))];this.coders.
length>1&&i.push(this.group(e.coders,"coders",this.coders.map(p=>[p,p])));let{codes:r}=this.filters;r.length>0&&i.push(this.
group(e.codes,"codes",r.map(p=>[p,this.book.label(p)])));let s=l("p","tp-soft",e.filter_hint),a=l("div","tp-buttons"),d=u(
"tp-button",e.show_all,()=>this.change(b));d.disabled=!$(this.filters),a.append(d,u("tp-button",e.close,()=>this.close())),
this.element.replaceChildren(...i,s,a),t!==void 0&&this.element.querySelector(`[data-choice="${CSS.escape(t)}"]`)?.focus()}group(e,t,n){
let i=l("fieldset","tp-filter");i.append(l("legend","",e));let r=l("div","tp-chips");for(let[s,a]of n){let d=this.filters[t].
includes(s),p=u("tp-chip",a,()=>this.toggleChoice(t,s));p.dataset.choice=`${t} ${s}`,p.setAttribute("aria-pressed",String(
d)),(t==="levels"||t==="codes")&&(p.prepend(l("i","tp-swatch")),p.style.setProperty("--level",this.book.colour(s))),r.append(
p)}return i.append(r),i}toggleChoice(e,t){let n=this.filters[e],i=n.includes(t)?n.filter(r=>r!==t):[...n,t];this.change(
{...this.filters,[e]:i})}change(e){this.filters=e,this.draw(),this.changed(e)}};function Qe({text:o}){if(/^[\x20-\x7e]*$/.test(o))return{letters:o.toLowerCase(),origins:null};let e="",t=[],n=0;for(let i of o){
let r=/\s/.test(i)?" ":g(i);for(let s=0;s<r.length;s+=1)t.push(n);e+=r,n+=i.length}return t.push(n),{letters:e,origins:t}}
var Xe=5e3,H=class{constructor(e){this.text=e}text;known=new Map;find(e){let t=g(e).replace(/\s+/g," ").trim();if(t==="")
return[];let n=[];for(let i of this.text.paragraphs){if(n.length>=Xe)break;this.findIn(i,t,n)}return n}findIn(e,t,n){let{
letters:i,origins:r}=this.lettersOf(e);for(let s=i.indexOf(t);s!==-1;s=i.indexOf(t,s+t.length)){let a=s+t.length;n.push(
{start:e.start+e.toCodePoints(r?.[s]??s,!1),end:e.start+e.toCodePoints(r===null?a:et(e.text,r,a),!0)})}}lettersOf(e){let t=this.
known.get(e.index);return t===void 0&&(t=Qe(e),this.known.set(e.index,t)),t}};function et(o,e,t){let n=e[t]??o.length,i=e[t-
1],r=String.fromCodePoint(o.codePointAt(i)),s=i+r.length;for(;s<n&&/\p{M}/u.test(o[s]);)s+=1;return s}function xe(o,e){let[t,n,i,r,s,a,d,p,h]=o,y=h===null?w:{strength:h[0],evidence:h[1],actor:h[2],timepoint:h[3],certainty:h[4]};
return{id:t,start:n,end:i,code:r,coder:e[s]??"",valence:a,memo:d,mine:p===1,detail:y}}function tt(o,e,t){let n=e.operation;
if(n.version!==void 0)return;if(n.type==="apply"){let{operation:r,start:s,end:a,code:d,valence:p}=n,h={coder:t,memo:"",mine:!0,
detail:w};o.has(r)||o.set(r,{id:r,start:s,end:a,code:d,valence:p,...h});return}if(n.type==="undo"||n.type==="redo"){for(let s of e.
reversal?.remove??[])o.delete(s);let r=e.reversal?.restore??null;r!==null&&o.set(r.id,r);return}let i=o.get(n.coding);if(i!==
void 0)if(n.type==="retire")o.delete(i.id);else if(n.type==="memo")o.set(i.id,{...i,memo:n.text});else if(n.type==="resi\
ze"){let{start:r,end:s}=n;o.set(i.id,{...i,start:r,end:s})}else if(n.type==="detail"){let{strength:r,evidence:s,actor:a,
timepoint:d,certainty:p}=n;o.set(i.id,{...i,detail:{strength:r,evidence:s,actor:a,timepoint:d,certainty:p}})}else{let r=n.
valence===void 0?i.valence:n.valence;o.set(i.id,{...i,code:n.code??i.code,valence:r})}}function ke(o,e,t){let n=new Map(
o);for(let i of e)tt(n,i,t);return n}function nt(o){return o.type==="undo"||o.type==="redo"?null:o.type==="apply"?o.operation:
o.coding}function re(o,e){let t=nt(o);return t===null?null:{remove:[t,o.operation],restore:e.get(t)??null}}function Se(o,e,t){
for(let n of t){let i=e.get(n);if(i!==void 0&&i.start===o.start&&i.end===o.end)return i}for(let n of e.values())if(n.start===
o.start&&n.end===o.end&&n.coder===o.coder&&n.code===o.code)return n;return null}var Ce="trigpoint:shelf";function C(o){return window.trigpointShelf?.get(o)}var it=8,rt=4,B=class{revisions;constructor(e){let t=window.trigpointCodings??=new Map;for(this.revisions=t.get(e)??new Map,
t.delete(e),t.set(e,this.revisions);t.size>rt;)t.delete(t.keys().next().value)}after(e,t,n){let i=this.revisions.get(e.revision);
if(i!==void 0)return i;let r=this.revisions.get(e.base)??this.whole(e.base,t,n);if(r===null)return null;let s=e.changed.
length===0&&e.gone.length===0,a=s?r:new Map(r);return s||ot(a,e,n),this.keep(e.revision,a),a}whole(e,t,n){let i=C(t);if(i===
void 0||i.revision!==e)return null;let r=new Map;return Ee(r,i.rows,n),this.keep(e,r),r}keep(e,t){for(this.revisions.set(
e,t);this.revisions.size>it;)this.revisions.delete(this.revisions.keys().next().value)}};function ot(o,{changed:e,gone:t},n){
for(let i of t)o.delete(i);Ee(o,e,n)}function Ee(o,e,t){for(let n of e)o.set(n[0],xe(n,t))}var Te=420,D=class{constructor(e){this.events=e}events;element=l("aside","tp-inspector");shown="";memo=null;coding=null;details=null;areDetailsOpen=!1;book;setBook(e){
this.book=e,this.shown="",this.element.setAttribute("aria-label",e.words.coding)}showNothing(e){let{nothing_selected:t,nothing_selected_read_only:n}=this.
book.words,i=e?n:t;this.replace(i,()=>[l("p","tp-empty",i)])}showCode(e,t){this.replace(`code ${e.key} ${t}`,()=>[this.heading(
e.key),l("p","tp-soft",c(this.book.words.codings_of_code,{n:t})),this.onlyButton(e,t),...this.definition(e)])}showCoding(e){
let{coding:t,alsoHere:n,canChange:i}=e,s=this.memo!==null&&this.coding?.id===t.id&&document.activeElement===this.memo?this.
coding.memo:t.memo,a=n.map(h=>[h.id,h.code,h.valence]),d=JSON.stringify([t.id,t.code,t.valence,s,t.coder,i,a,t.start,t.end,
t.detail]),p=this.focusedPart();this.replace(d,()=>this.describe(e)),p!==null&&this.element.querySelector(`[data-part="${p}\
"]`)?.focus({preventScroll:!0}),this.coding=t}focusedPart(){let e=document.activeElement;return e instanceof HTMLElement&&
this.element.contains(e)?e.dataset.part??null:null}editDetails(){this.details!==null&&(this.details.open=!0,this.details.
querySelector("button, input")?.focus())}editMemo(){this.memo?.focus()}finishMemo(){if(this.memo===null||this.coding===null)
return;let e=this.memo.value.trim();e!==this.coding.memo&&this.events.setMemo(this.coding,e)}replace(e,t){e!==this.shown&&
(this.finishMemo(),this.shown=e,this.memo=null,this.details=null,this.coding=null,this.element.replaceChildren(...t()))}describe({
coding:e,quote:t,alsoHere:n,canChange:i,said:r}){let s=t.length>Te?`${t.slice(0,Te)} …`:t,a=l("blockquote","tp-quote",
s);a.dir="auto";let d=[this.heading(e.code),this.valence(e,i),a];d.push(l("p","tp-soft",c(this.book.words.coder,{coder:e.
coder}))),d.push(...this.memoOf(e,i)),d.push(...i?[this.detailsOf(e,r)]:this.detailsTold(e.detail)),d.push(this.buttons(
e,i)),n.length>0&&d.push(this.others(n));let p=this.book.code(e.code);return p!==void 0&&d.push(...this.definition(p)),d}heading(e){
let t=l("h3","tp-coding-code");return t.style.setProperty("--level",this.book.colour(e)),t.append(l("i","tp-swatch"),l("\
span","",this.book.label(e)),l("span","tp-key",e)),t}valence(e,t){if(!t){let i=v(e.valence);return l("p","tp-valence",`${i}\
 ${this.book.valenceWord(e.valence)}`.trim())}let n=l("div","tp-chips");n.setAttribute("role","radiogroup"),n.setAttribute(
"aria-label",this.book.words.valence);for(let i of m){let r=u("tp-chip","",()=>this.events.setValence(e,i));r.append(l("\
b","",v(i)),l("span","",this.book.valenceWord(i))),r.setAttribute("role","radio"),r.setAttribute("aria-checked",String(i===
e.valence)),f(r),n.append(r)}return n}memoOf(e,t){if(!t)return e.memo===""?[]:[l("p","tp-memo-text",e.memo)];let n=l("la\
bel","tp-memo"),i=l("textarea");return i.value=e.memo,i.rows=4,i.placeholder=this.book.words.memo_placeholder,i.addEventListener(
"blur",()=>this.finishMemo()),i.addEventListener("keydown",r=>{r.stopPropagation(),(r.key==="Escape"||r.key==="Enter"&&(r.
ctrlKey||r.metaKey))&&(r.preventDefault(),this.events.leave())}),n.append(l("span","",this.book.words.memo),i),this.memo=
i,[n]}detailsOf(e,t){let{words:n}=this.book,{detail:i}=e,r=l("details","tp-details");r.open=this.areDetailsOpen||JSON.stringify(
i)!==JSON.stringify(w),r.addEventListener("toggle",()=>this.areDetailsOpen=r.open);let s=a=>this.events.setDetail(e,{...i,
...a});return r.append(l("summary","",n.attributes),this.choices(n.strength,me,i.strength,a=>s({strength:a})),this.choices(
n.evidence,ve,i.evidence,a=>s({evidence:a})),this.fewWords(n.actor,"actor",i.actor,t.actor,a=>s({actor:a})),this.fewWords(
n.timepoint,"timepoint",i.timepoint,t.timepoint,a=>s({timepoint:a})),this.choices(n.certainty,ye,i.certainty,a=>s({certainty:a}))),
r.addEventListener("keydown",a=>{a.key==="Escape"&&(a.preventDefault(),a.stopPropagation(),this.events.leave())}),this.details=
r,r}choices(e,t,n,i){let r=l("div","tp-detail"),s=l("div","tp-chips");s.setAttribute("role","group"),s.setAttribute("ari\
a-label",e);for(let a of t){let d=u("tp-chip",this.book.words[`choice_${a}`],()=>i(a===n?null:a));d.setAttribute("aria-p\
ressed",String(a===n)),d.dataset.part=a,s.append(d)}return r.append(l("span","tp-soft",e),s),r}fewWords(e,t,n,i,r){let s=l(
"label","tp-detail"),a=l("input","tp-input");a.type="text",a.maxLength=200,a.value=n,a.dataset.part=t;let d=l("datalist");
return d.id=`tp-said-${t}`,d.append(...i.map(p=>{let h=l("option");return h.value=p,h})),a.setAttribute("list",d.id),a.addEventListener(
"change",()=>{a.value.trim()!==n&&r(a.value.trim())}),a.addEventListener("keydown",p=>{p.stopPropagation(),p.key==="Ente\
r"&&a.blur(),!(p.key!=="Enter"&&p.key!=="Escape")&&(p.preventDefault(),this.events.leave())}),s.append(l("span","tp-soft",
e),a,d),s}detailsTold(e){let{words:t}=this.book,n=s=>s===null?"":t[`choice_${s}`],i=[[t.strength,n(e.strength)],[t.evidence,
n(e.evidence)],[t.actor,e.actor],[t.timepoint,e.timepoint],[t.certainty,n(e.certainty)]],r=l("dl","tp-definition");for(let[
s,a]of i)a!==""&&r.append(l("dt","",s),l("dd","",a));return r.childElementCount===0?[]:[r]}onlyButton(e,t){let n=l("div",
"tp-buttons");return t>0&&n.append(u("tp-button",this.book.words.only_this,()=>this.events.only(e))),n}buttons(e,t){let n=l(
"div","tp-buttons"),i=u("tp-button",this.book.words.copy_quote,()=>this.events.copy(e));if(f(i),!t)return n.append(i),n;
let r=u("tp-button",this.book.words.change_code,()=>this.events.changeCode(e)),s=u("tp-button",this.book.words.retire,()=>this.
events.retire(e));return f(r),n.append(r,s,i),n}others(e){let t=l("section","tp-also");t.append(l("h4","",this.book.words.
also_here));for(let n of e){let i=`${this.book.label(n.code)} ${v(n.valence)}`.trimEnd(),r=u("tp-other","",()=>this.events.
choose(n.id));r.style.setProperty("--level",this.book.colour(n.code)),r.append(l("i","tp-swatch"),l("span","",i),l("span",
"tp-soft",n.coder)),t.append(r)}return t}definition(e){let t=[[this.book.words.definition,e.definition],[this.book.words.
include,e.include],[this.book.words.exclude,e.exclude]],n=l("dl","tp-definition");for(let[i,r]of t)r!==""&&n.append(l("d\
t","",i),l("dd","",r));return n.childElementCount===0?[]:[n]}};var N=class{element=l("div","tp-help");back=null;constructor(){this.element.hidden=!0,this.element.tabIndex=-1,this.element.
setAttribute("role","dialog"),this.element.addEventListener("keydown",e=>{e.stopPropagation(),(e.key==="Escape"||e.key===
"?")&&this.close()})}setBook({words:e}){let t=[["j  k",e.key_sentence],["d  u",e.key_paragraph],["l  h",e.key_turn],["J \
K D U L H   ⇧←→",e.key_extend],["Enter  c",e.key_palette],["⇧Enter",e.key_apply_more],["Tab   + − ±   Alt 1–4",
e.key_valence],["1 – 9",e.key_recent],[".",e.key_repeat],["+  −  ±",e.key_set_valence],["n  p",e.key_next],["g  G",
e.key_uncoded],["/  f",e.key_find],["s  S",e.key_hit],["m",e.key_memo],["e",e.key_attributes],["x",e.key_fit],["y",e.key_copy],
["Delete",e.key_retire],["Ctrl Z",e.key_undo],["Ctrl ⇧Z   Ctrl Y",e.key_redo],["v",e.key_stripes],["i",e.key_filter],[
"o  O",e.key_document],["a",e.key_unread],["r",e.key_read],["Esc",e.key_escape],["?",e.key_help]],n=l("dl");for(let[i,r]of t){
let s=l("dt");s.append(l("kbd","",i));let a=l("div");a.append(s,l("dd","",r)),n.append(a)}this.element.setAttribute("ari\
a-label",e.keys),this.element.replaceChildren(l("h3","",e.keys),n,u("tp-button",e.close,()=>this.close()))}toggle(e){if(!this.
element.hidden){this.close();return}this.back=e,this.element.hidden=!1,this.element.focus({preventScroll:!0})}close(){this.
element.hidden=!0,this.back?.focus({preventScroll:!0})}};function st({key:o,code:e}){return/^[a-z]$/i.test(o)?o.toLowerCase():o.length===1&&o.codePointAt(0)>591&&e.startsWith("K\
ey")?e.slice(3).toLowerCase():""}function Me(o){return o.shiftKey||/^[A-Z]$/.test(o.key)&&o.getModifierState?.("CapsLock")!==
!0}var at={Enter:{name:"palette"},".":{name:"repeat"},"?":{name:"help"},"/":{name:"find"},"+":{name:"valence",valence:"f\
acilitator"},"-":{name:"valence",valence:"barrier"},"−":{name:"valence",valence:"barrier"},"±":{name:"valence",valence:"\
mixed"},Delete:{name:"retire"},Backspace:{name:"retire"},Escape:{name:"escape"}},lt={j:["sentence",1],k:["sentence",-1],
d:["paragraph",1],u:["paragraph",-1],l:["turn",1],h:["turn",-1]},dt={c:{name:"palette"},m:{name:"memo"},e:{name:"attribu\
tes"},x:{name:"fit"},y:{name:"copy"},f:{name:"find"},v:{name:"stripes"},i:{name:"filter"},n:{name:"coding",step:1},p:{name:"\
coding",step:-1},a:{name:"turn",to:"unread"},r:{name:"turn",to:"read"}};function _e(o){let e=st(o);if(o.altKey)return null;
if(o.ctrlKey||o.metaKey)return e==="z"?{name:o.shiftKey?"redo":"undo"}:e==="y"&&!o.shiftKey?{name:"redo"}:null;let t=/^(?:Digit|Numpad)([1-9])$/.
exec(o.code),n=at[o.key];if(n!==void 0&&(t===null||n.name!=="valence"))return n;if(t!==null)return{name:"recent",index:Number(
t[1])-1};let i=lt[e];if(i!==void 0)return{name:"walk",unit:i[0],step:i[1],extend:Me(o)};let r=Me(o)?-1:1;return e==="s"?
{name:"hit",step:r}:e==="g"?{name:"uncoded",step:r}:e==="o"?{name:"turn",to:r===1?"next":"previous"}:dt[e]??null}var I=class{constructor(e,t,n,i){this.storage=e;this.person=t;this.version=i;this.ofDocument=`${Re(t)}${encodeURIComponent(
n)}/`,this.prefix=`${this.ofDocument}${encodeURIComponent(i)}/`}storage;person;version;ofDocument;prefix;all(){return this.
names().filter(t=>t.startsWith(this.ofDocument)).flatMap(t=>this.read(t)??[]).sort((t,n)=>t.made-n.made)}read(e){let t=JSON.
parse(this.storage.getItem(e)??"null"),n=decodeURIComponent(e.slice(this.ofDocument.length).split("/")[0]);return t===null||
n===this.version?t:{operation:{...t.operation,version:n},made:t.made}}elsewhere(){let e=Re(this.person);return this.names().
filter(t=>t.startsWith(e)&&!t.startsWith(this.ofDocument)).length}put(e){try{this.storage.setItem(this.prefix+e.operation.
operation,JSON.stringify(e))}catch{}}remove(e){this.storage.removeItem(this.prefix+e);let t=n=>n.startsWith(this.ofDocument)&&
n.endsWith(`/${e}`);for(let n of this.names().filter(t))this.storage.removeItem(n)}names(){return Array.from({length:this.
storage.length},(e,t)=>this.storage.key(t)??"")}};function Re(o){return`trigpoint/waiting/${encodeURIComponent(o)}/`}var z=class{constructor(e,t,n){
this.drawer=e;this.deliver=t;this.changed=n;for(let i of e.all())this.waiting.set(i.operation.operation,i);this.lastMade=
Math.max(0,...Array.from(this.waiting.values(),i=>i.made))}drawer;deliver;changed;waiting=new Map;underWay=new Set;timer=null;unanswered=0;lastMade=0;get size(){
return this.waiting.size}get isStuck(){return this.unanswered>=2}kept(){return this.waiting.values()}add(e,t={}){this.lastMade=
Math.max(this.lastMade+1,Date.now());let n={operation:e,made:this.lastMade,...t};this.waiting.set(e.operation,n),this.drawer.
put(n),this.flush()}settle(e,t){let n={acked:e.filter(i=>this.waiting.has(i)),refused:t.flatMap(({operation:i,reason:r})=>{
let s=this.waiting.get(i);return s===void 0?[]:[{kept:s,reason:r}]})};for(let i of n.acked)this.close(i);for(let{kept:i}of n.
refused)this.close(i.operation.operation);return n.acked.length+n.refused.length>0&&(this.unanswered=0),this.underWay.size===
0&&(this.stopWaiting(),this.flush()),n}flush(){if(this.waiting.size===0||this.timer!==null)return;this.underWay=new Set(
this.waiting.keys());let e=Math.min(4e3*2**this.unanswered,32e3);this.timer=setTimeout(()=>this.sendAgain(),e),this.deliver(
Array.from(this.waiting.values(),t=>t.operation))}stopWaiting(){this.timer!==null&&clearTimeout(this.timer),this.timer=null,
this.underWay.clear()}sendAgain(){this.unanswered+=1,this.stopWaiting(),this.flush(),this.changed()}close(e){this.waiting.
delete(e),this.underWay.delete(e),this.drawer.remove(e)}};var pt=80,ht=0,F=class{element=l("div","tp-palette");input=l("input","tp-palette-input");title=l("div","tp-palette-title");chips=l(
"div","tp-chips");list=l("div","tp-options");about=l("div","tp-palette-about");hint=l("div","tp-palette-hint");id=`tp-pa\
lette-${ht+=1}`;options=[];active=-1;picked=null;task=null;naming=null;lastParent="";book;constructor(){this.element.hidden=
!0,this.element.dataset.trigpoint="palette",this.element.setAttribute("role","dialog"),this.input.type="text",this.input.
spellcheck=!1,this.input.autocomplete="off",this.input.setAttribute("role","combobox"),this.input.setAttribute("aria-aut\
ocomplete","list"),this.input.setAttribute("aria-expanded","true"),this.input.setAttribute("aria-controls",`${this.id}-l\
ist`),this.list.id=`${this.id}-list`,this.list.setAttribute("role","listbox"),this.chips.setAttribute("role","radiogroup"),
this.element.append(this.title,this.input,this.chips,this.list,this.about,this.hint),this.input.addEventListener("input",
()=>this.search()),this.input.addEventListener("keydown",e=>this.key(e)),f(this.list),this.element.addEventListener("foc\
usout",e=>{let t=e.relatedTarget;t instanceof Node&&!this.element.contains(t)&&this.close()})}get isOpen(){return this.task!==
null}setBook(e){this.book=e;let{words:t}=e;this.input.placeholder=t.search_codes,this.list.setAttribute("aria-label",t.codes),
this.chips.setAttribute("aria-label",t.valence),this.hint.textContent=t.palette_hint,this.chips.replaceChildren(...m.map(
n=>{let i=u("tp-chip","",()=>this.pick(n));return i.append(l("b","",v(n)),l("span","",e.valenceWord(n))),i.setAttribute(
"role","radio"),i.tabIndex=-1,f(i),i}))}open(e,t,n){this.task=e,this.naming=null,this.title.textContent=e.title,this.element.
setAttribute("aria-label",e.title),this.input.setAttribute("aria-label",e.title),this.input.value="",this.pick(e.valence),
this.search(),this.element.hidden=!1,this.place(t,n),this.input.focus({preventScroll:!0})}place(e,t){let{offsetWidth:n,offsetHeight:i}=this.
element,r=t.bottom-e.top+8,s=t.top-e.top-i-8,a=r+i<=e.height-8||s<8?r:s,d=Math.min(Math.max(8,t.left-e.left),Math.max(8,
e.width-n-8));this.element.style.top=`${Math.min(Math.max(8,a),Math.max(8,e.height-i-8))}px`,this.element.style.left=`${d}\
px`}close(){let e=this.task;e!==null&&(this.task=null,this.element.hidden=!0,e.closed())}search(){if(this.naming!==null)
return this.searchParent();let e=ie(this.input.value);e.valence!==null&&this.pick(e.valence),this.options=e.words.length===
0?this.browse():this.find(e.words);let t=e.words.length>0||this.options[0]?.digit===1;this.active=t&&this.options.length>
0?0:-1,this.offerNew(),this.draw(e.words.length===0)}offerNew(){let e=this.nameTyped();if(this.task?.propose==null||e===
"")return;let t=this.book.codes.some(({label:i})=>g(i)===g(e)),n=this.book.codes[0];t||n===void 0||(this.options=[...this.
options,{code:n,digit:null,offer:"new"}],this.options.length===1&&(this.active=0))}nameTyped(){let e=this.input.value.replace(
/^\s*(?:\+-|-\+|[+\-−±·])|\s[+\-−±·]\s*$/g,""),t=(e.trim()===""?this.task?.words??"":e).replace(/\s+/g," ").trim();
return t.length<=pt?t:""}searchParent(){let{words:e}=ie(this.input.value),t=e.length===0?this.book.codes:this.book.search.
find(e,[]).slice(0,60);this.options=t.map(i=>({code:i,digit:null,offer:"under"}));let n=e.length===0?this.options.findIndex(
({code:i})=>i.key===this.lastParent):0;this.active=this.options.length===0?-1:Math.max(0,n),this.draw(e.length===0),this.
showActive()}browse(){return[...(this.task?.recent??[]).flatMap(t=>this.book.code(t)??[]).map((t,n)=>({code:t,digit:n+1})),
...this.book.codes.map(t=>({code:t,digit:null}))]}find(e){return this.book.search.find(e,this.task?.recent??[]).slice(0,
60).map(t=>({code:t,digit:null}))}draw(e){let t=[];this.options.forEach((n,i)=>{e&&i===0&&n.digit===1&&t.push(l("div","t\
p-options-head",this.book.words.recent)),e&&i>0&&n.digit===null&&this.options[i-1].digit!==null&&t.push(l("div","tp-opti\
ons-head",this.book.words.codes)),t.push(this.option(n,i,e))}),this.options.length===0&&t.push(l("div","tp-options-head",
this.book.words.no_code_found));for(let n of t)n.className==="tp-options-head"&&n.setAttribute("role","presentation");this.
naming!==null&&t.unshift(l("div","tp-options-head",c(this.book.words.new_code_under,{name:this.naming}))),this.list.replaceChildren(
...t),this.list.scrollTop=0,this.mark()}option({code:e,digit:t,offer:n},i,r){let s=l("div","tp-option");return s.id=`${this.
id}-${i}`,n==="new"?this.newOption(s,i):(s.dataset.code=e.key,s.setAttribute("role","option"),s.style.setProperty("--lev\
el",this.book.colour(e.key)),r&&t===null&&s.style.setProperty("--depth",String(this.book.depth(e))),s.classList.toggle("\
tp-option-level",this.book.hasChildren(e.key)),s.append(l("i","tp-swatch"),l("span","tp-option-label",e.label),l("span",
"tp-key",e.key)),t!==null&&s.append(l("kbd","",String(t))),this.listening(s,i))}newOption(e,t){return e.classList.add("t\
p-option-new"),e.dataset.offer="new",e.setAttribute("role","option"),e.append(l("span","tp-option-label",c(this.book.words.
new_code,{name:this.nameTyped()}))),this.listening(e,t)}listening(e,t){return e.addEventListener("click",n=>{this.active=
t,this.choose(n.shiftKey)}),e.addEventListener("pointermove",()=>{this.active!==t&&(this.active=t,this.mark())}),e}mark(){
for(let n of this.list.querySelectorAll(".tp-option"))n.setAttribute("aria-selected",String(n.id===`${this.id}-${this.active}`));
let e=this.options[this.active];e===void 0?this.input.removeAttribute("aria-activedescendant"):this.input.setAttribute("\
aria-activedescendant",`${this.id}-${this.active}`);let t=e?.offer==="new";this.about.textContent=t?this.book.words.new_code_hint:
e?.code.definition??""}move(e){let t=this.options.length;t!==0&&(this.active=this.active===-1?e>0?0:t-1:(this.active+e+t)%
t,this.mark(),this.showActive())}showActive(){let e=this.list.querySelector('[aria-selected="true"]');if(e===null)return;
let{offsetTop:t,offsetHeight:n}=e,{scrollTop:i,clientHeight:r}=this.list;t<i?this.list.scrollTop=t:t+n>i+r&&(this.list.scrollTop=
t+n-r)}pick(e){this.picked=e,[...this.chips.children].forEach((t,n)=>{t.setAttribute("aria-checked",String(m[n]===e))})}cycle(e){
let t=m.indexOf(this.picked)+e;this.pick(m[(t+m.length)%m.length]??null)}choose(e){let t=this.options[this.active];if(!(t===
void 0||this.task===null)){if(t.offer==="new"){this.naming=this.nameTyped(),this.input.value="",this.search();return}if(this.
naming!==null?(this.lastParent=t.code.key,this.task.propose?.({label:this.naming,parent:t.code.key},this.picked,e),this.
naming=null):this.task.choose(t.code,this.picked,e),!e){this.close();return}this.input.value="",this.pick(null),this.search()}}key(e){
e.stopPropagation();let t=/^(?:Digit|Numpad)([0-4])$/.exec(e.code);if(e.altKey&&t!==null){e.preventDefault(),this.pick(m[Number(
t[1])]??null);return}let n=this.actionFor(e);n!==null&&(e.preventDefault(),n())}stopNaming(){this.input.value=this.naming??
"",this.naming=null,this.search()}actionFor(e){if(e.isComposing)return null;switch(e.key){case"ArrowDown":return()=>this.
move(1);case"ArrowUp":return()=>this.move(-1);case"PageDown":return()=>this.move(8);case"PageUp":return()=>this.move(-8);case"\
Enter":return()=>this.choose(e.shiftKey);case"Tab":return()=>this.cycle(e.shiftKey?-1:1);case"Escape":return()=>this.naming===
null?this.close():this.stopNaming();default:return null}}};var W=class{constructor(e,t){this.storage=e;this.name=`trigpoint/recent/${encodeURIComponent(t)}`;let n=e?.getItem(this.
name)??"";this.keys=n.split(`
`).filter(i=>i!=="")}storage;name;keys=[];use(e){this.keys=[e,...this.keys.filter(t=>t!==e)].slice(0,9);try{this.storage?.
setItem(this.name,this.keys.join(`
`))}catch{}}};var oe=14,V=class{constructor(e){this.goTo=e;this.element.append(this.canvas,this.window),this.element.setAttribute("ari\
a-hidden","true"),this.sized.observe(this.element),this.element.addEventListener("pointerdown",t=>{t.button===0&&(t.preventDefault(),
this.element.setPointerCapture(t.pointerId),this.go(t))}),this.element.addEventListener("pointermove",t=>{this.element.hasPointerCapture(
t.pointerId)&&this.go(t)})}goTo;element=l("div","tp-strip");canvas=l("canvas");window=l("div","tp-strip-window");length=1;marks=()=>[];hits=[];ink="\
#000";frame=0;sized=new ResizeObserver(()=>this.redrawSoon());go(e){let{top:t,height:n}=this.element.getBoundingClientRect(),
i=Math.min(1,Math.max(0,(e.clientY-t)/n));this.goTo(Math.min(this.length-1,Math.floor(i*this.length)))}setTitle(e){this.
element.title=e}show(e,t){this.length=Math.max(1,e),this.marks=t,this.redrawSoon()}showHits(e,t){this.hits=e,this.ink=t,
this.redrawSoon()}showWindow({start:e,end:t}){this.window.style.top=`${e/this.length*100}%`,this.window.style.height=`${Math.
max(.4,(t-e)/this.length*100)}%`}redrawSoon(){this.frame===0&&(this.frame=requestAnimationFrame(()=>{this.frame=requestAnimationFrame(
()=>{this.frame=0,this.redraw()})}))}redraw(){let e=this.element.clientHeight,t=this.canvas.getContext("2d");if(t===null||
e===0)return;let n=window.devicePixelRatio;this.canvas.width=oe*n,this.canvas.height=e*n,t.scale(n,n),t.globalAlpha=.55;
for(let{start:i,end:r,colour:s}of this.marks())t.fillStyle=s,t.fillRect(2,i/this.length*e,oe-6,Math.max(1,(r-i)/this.length*
e));t.globalAlpha=1,t.fillStyle=this.ink;for(let{start:i}of this.hits)t.fillRect(oe-4,i/this.length*e,4,2)}destroy(){this.
sized.disconnect(),this.frame!==0&&cancelAnimationFrame(this.frame)}};var Ae=`.tp-reader{--ground: #FBFAF7;--ground-2: #F1EFE8;--rule: #D9D5CA;--ink: #1E2226;--soft: #5A6068;--accent: #0B625\
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
idth:100%}.tp-time{font-variant-numeric:tabular-nums}.tp-stripes{grid-column:3;display:grid;grid-template-columns:repeat\
(var(--tp-groups, 1),minmax(0,1fr));user-select:none;margin:calc(-1 * var(--above)) 0 -4px}.tp-lanes{position:relative;o\
verflow:hidden}.tp-bar{position:absolute;width:7px;cursor:pointer}.tp-bar::before{content:"";position:absolute;inset:0 3\
px 0 0;background:var(--level)}.tp-bar.tp-begins::before{border-top-left-radius:2px;border-top-right-radius:2px}.tp-bar.\
tp-ends::before{border-bottom-left-radius:2px;border-bottom-right-radius:2px}.tp-bar[data-strong]::before{inset:0 1px 0 \
-1px}.tp-label{position:absolute;height:15px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;color:var(--level\
);font-size:11.5px;line-height:15px;font-variant-numeric:tabular-nums;cursor:pointer}.tp-label:hover,.tp-label[data-stro\
ng]{font-weight:600;text-decoration:underline;text-underline-offset:2px}[data-isolating] .tp-bar:not([data-strong]),[dat\
a-isolating] .tp-label:not([data-strong]){opacity:.22}.tp-handle{position:absolute;z-index:2;width:0;cursor:ew-resize;to\
uch-action:none;user-select:none;pointer-events:none}.tp-handle::before{content:"";position:absolute;inset:0 -1px;backgr\
ound:var(--level)}.tp-handle::after{content:"";position:absolute;width:21px;height:21px;left:-10.5px;border:6px solid tr\
ansparent;border-radius:50%;background:var(--level) padding-box;pointer-events:auto}.tp-handle-start::after{top:-15px}.t\
p-handle-end::after{bottom:-15px}.tp-handle[data-pulled]::after{pointer-events:none}.tp-label-name{margin-left:8px;color\
:var(--soft);font-weight:400}.tp-scroller[data-grouped] .tp-label-name{display:none}.tp-more{color:var(--soft)}.tp-coder\
s{position:sticky;top:0;z-index:2;background:var(--ground);border-bottom:1px solid var(--rule);font-size:13px;font-weigh\
t:600;line-height:28px}.tp-coder-names{display:grid;grid-template-columns:repeat(var(--tp-groups, 1),minmax(0,1fr))}.tp-\
coder-names span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.tp-code-button{position:absolute;z-index:3;m\
in-height:28px;padding:2px 12px;user-select:none;border:0;border-radius:4px;box-shadow:var(--shadow)}.tp-reader .tp-code\
-button{background:var(--accent);color:var(--ground)}.tp-strip{grid-area:strip;position:relative;overflow:hidden;cursor:\
pointer;touch-action:none;border-left:1px solid var(--rule)}.tp-strip canvas{display:block;width:14px;height:100%}.tp-st\
rip-window{position:absolute;left:0;right:0;min-height:3px;border:1px solid var(--soft);background:color-mix(in srgb,var\
(--soft) 14%,transparent);pointer-events:none}.tp-inspector{grid-area:inspector;overflow:hidden auto;border-left:1px sol\
id var(--rule);padding:14px 4px 24px 16px;overscroll-behavior:contain}.tp-inspector>*+*{margin-top:12px!important}.tp-em\
pty{color:var(--soft);max-width:34em;white-space:pre-line}.tp-reader .tp-coding-code{display:flex;align-items:baseline;g\
ap:8px;font-size:15px;font-weight:600;line-height:1.3}.tp-coding-code .tp-swatch{align-self:stretch;height:auto}.tp-codi\
ng-code .tp-key{margin-left:auto;font-weight:400}.tp-chips{display:flex;flex-wrap:wrap;gap:4px}.tp-chip{display:inline-f\
lex;gap:5px;align-items:center;min-height:26px;padding:0 9px;background:none;border:1px solid var(--rule);border-radius:\
4px;font-size:13px!important}.tp-chip b:empty{display:none}.tp-chip:hover{border-color:var(--soft)}.tp-chip[aria-checked\
=true]{border-color:var(--accent);color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}.tp-reader .tp-quote{font\
:15px/1.5 var(--tp-serif);border-left:1px solid var(--rule);padding-left:10px;overflow-wrap:anywhere;white-space:pre-lin\
e}.tp-memo{display:block}.tp-memo span{display:block;color:var(--soft);font-size:13px;margin-bottom:3px}.tp-memo textare\
a{width:100%;resize:vertical;padding:7px 9px;font:14px/1.45 var(--tp-sans);color:inherit;background:var(--ground);border\
:1px solid var(--rule);border-radius:4px}.tp-memo textarea::placeholder{color:var(--soft)}.tp-memo-text{white-space:pre-\
line}.tp-buttons{display:flex;flex-wrap:wrap;gap:8px}.tp-reader .tp-also h4{color:var(--soft);font-size:13px;margin-bott\
om:2px}.tp-other{display:flex;gap:8px;align-items:center;width:100%;min-height:26px;padding:2px 0;background:none;border\
:0;text-align:left}.tp-other span:last-child{margin-left:auto}.tp-other:hover span:not(.tp-soft){text-decoration:underli\
ne}.tp-details{border-top:1px solid var(--rule);padding-top:8px}.tp-details summary{color:var(--soft);font-size:13px;cur\
sor:pointer;min-height:24px}.tp-detail{display:block;margin-top:8px}.tp-detail>.tp-soft{display:block;margin-bottom:3px}\
.tp-detail .tp-input{width:100%}.tp-chip[aria-pressed=true]{border-color:var(--accent);color:var(--accent);box-shadow:in\
set 0 0 0 1px var(--accent)}.tp-definition{border-top:1px solid var(--rule);padding-top:10px!important;font-size:13px!im\
portant}.tp-definition dt{color:var(--soft);font-weight:400;margin-top:6px}.tp-palette,.tp-help,.tp-sheet{position:absol\
ute;z-index:10;background:var(--ground);border:1px solid var(--rule);border-radius:6px;box-shadow:var(--shadow)}.tp-pale\
tte{width:min(440px,calc(100% - 16px));padding:10px}.tp-palette-title{font:italic 13px/1.4 var(--tp-serif);color:var(--s\
oft);margin-bottom:6px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.tp-palette-input{width:100%;min-height\
:34px;padding:4px 10px;font:15px var(--tp-sans);color:inherit;background:var(--ground);border:1px solid var(--accent);bo\
rder-radius:4px}.tp-palette .tp-chips{margin:8px 0;flex-wrap:nowrap}.tp-palette .tp-chip{padding:0 7px}.tp-options{posit\
ion:relative;max-height:238px;overflow:hidden auto;border-top:1px solid var(--rule);scrollbar-width:thin}.tp-options-hea\
d{color:var(--soft);font-size:12px;padding:6px 6px 2px}.tp-option{display:flex;align-items:center;gap:8px;min-height:26p\
x;padding:2px 8px 2px calc(6px + var(--depth, 0) * 14px);border-radius:3px;cursor:pointer}.tp-option-level .tp-option-la\
bel{font-weight:600}.tp-option-label{flex:1;min-width:0}.tp-option[aria-selected=true]{background:var(--ground-2);box-sh\
adow:inset 2px 0 var(--accent)}.tp-palette-about{border-top:1px solid var(--rule);padding:6px 6px 0;color:var(--soft);fo\
nt-size:13px;line-height:1.4;height:44px;overflow:hidden}.tp-palette-hint{padding:6px 6px 0;color:var(--soft);font-size:\
12px}.tp-option-new{border-top:1px solid var(--rule);border-radius:0}.tp-sheet{inset:44px 16px auto auto;width:min(520px\
,calc(100% - 32px));max-height:calc(100% - 56px);overflow:auto;padding:14px 16px;outline:none}.tp-filter{border:0;margin\
:0 0 10px;padding:0;min-width:0}.tp-filter legend{color:var(--soft);font-size:13px;padding:0;margin-bottom:4px}.tp-filte\
r .tp-swatch{align-self:center}.tp-sheet .tp-buttons{margin-top:10px}.tp-help{inset:52px 16px auto auto;width:min(880px,\
calc(100% - 32px));outline:none;max-height:calc(100% - 64px);overflow:auto;padding:16px 18px}.tp-reader .tp-help h3{font\
-size:15px;font-weight:600}.tp-help dl{columns:2 320px;column-gap:28px;margin:12px 0!important}.tp-help dl>div{display:g\
rid;grid-template-columns:142px 1fr;gap:10px;padding:3px 0;break-inside:avoid}.tp-help dt{font-weight:400}@container rea\
der (max-width: 1240px){.tp-label-name{display:none}.tp-frame,.tp-frame.tp-no-tree{grid-template:40px minmax(0,1fr) min(\
200px,32%) / 220px minmax(0,1fr) 14px;grid-template-areas:"bar bar bar" "side text strip" "side inspector inspector"}.tp\
-frame.tp-no-tree{grid-template-columns:0 minmax(0,1fr) 14px}.tp-status{max-width:16em}.tp-inspector{border-left:0;borde\
r-top:1px solid var(--rule);padding:12px 16px;columns:2 300px;column-gap:28px}.tp-inspector>*{break-inside:avoid}}@conta\
iner reader (max-width: 820px){.tp-frame,.tp-frame.tp-no-tree{grid-template-columns:minmax(0,1fr);grid-template-areas:"b\
ar" "text" "inspector"}.tp-side,.tp-strip,.tp-searching,.tp-size{display:none}.tp-row,.tp-coders{grid-template-columns:5\
6px minmax(0,1fr) 64px;column-gap:10px}.tp-scroller{--stripes: 64px}.tp-label:not(.tp-more){display:none}.tp-speaker{fon\
t-size:11px;letter-spacing:0}}@media(prefers-reduced-motion:no-preference){.tp-button,.tp-chip{transition:border-color 1\
00ms,color 100ms}}@media(forced-colors:active){.tp-swatch,.tp-bar::before{forced-color-adjust:none}}[class*=st-key-trigp\
oint-shelf]{position:absolute;height:0;overflow:hidden}
`;function Le(o,[e,,,,t,n]){let i=e==="heading"?/^#{1,6} +/.exec(o):null;if(i!==null)return i[0].length;if(t===null)return 0;
let r=n===null?0:/^[^\p{L}]*/u.exec(o)?.[0].length??0,s=o.slice(r),a=s.startsWith(t)?/^\s*(?:\([^)]*\)\s*)?:[ \t]*/.exec(
s.slice(t.length)):null;return a===null?0:[...o.slice(0,r+t.length+a[0].length)].length}var ut=0,K=class{constructor(e){this.nodeOf=e;document.head.append(this.sheet)}nodeOf;isSupported=typeof Highlight<"u"&&
CSS.highlights!==void 0;space=`trigpoint-${ut+=1}`;sheet=document.createElement("style");named=new Map;drawn=new Map;worn=new Map;flashTimer=null;colours=null;ground="\
light";isPlain=!1;isIsolating=!1;setColours(e,t){this.colours=e,this.ground=t,this.restyle()}setPlain(e){this.isPlain=e,
this.restyle()}setIsolating(e){e!==this.isIsolating&&(this.isIsolating=e,this.restyle())}restyle(){if(!this.isSupported||
this.colours===null)return;let e=this.isPlain?"none":this.isIsolating?"faint":"full";this.sheet.textContent=this.colours.
highlightRules(this.space,this.ground,e)}draw(e,t){if(this.erase(e),!this.isSupported||t.length===0)return;let n=t.map(i=>{
let r=this.get(String(i.slot),0),s=this.range(e,i);return r.add(s),{highlight:r,range:s}});this.drawn.set(e,n)}dress(e,t,n){
if(!this.isSupported||t===0&&n.length===0)return;let i=this.nodeOf(e),r=n.map(s=>{let a={startContainer:i,startOffset:s,
endContainer:i,endOffset:s+1};return{highlight:this.get("turning",1),range:new StaticRange(a)}});t>0&&r.push({highlight:this.
get("furniture",0),range:this.range(e,{start:0,end:t})});for(let{highlight:s,range:a}of r)s.add(a);this.worn.set(e,r)}undress(e){
for(let{highlight:t,range:n}of this.worn.get(e)??[])t.delete(n);this.worn.delete(e)}find(e,t,n){if(this.isSupported)for(let[
i,r]of[["found",t],["current",n===null?[]:[n]]]){let s=this.get(i,2);s.clear();for(let a of r)this.add(s,e,a)}}erase(e){
for(let{highlight:t,range:n}of this.drawn.get(e)??[])t.delete(n);this.drawn.delete(e)}strengthen(e,t){if(this.isSupported){
for(let[n,i]of this.named)n.endsWith("-strong")&&i.clear();for(let n of t)this.add(this.get(`${n.slot}-strong`,1),e,n)}}hold(e,t){
if(!this.isSupported)return;let n=this.get("held",2);n.clear(),t!==null&&this.add(n,e,t)}flash(e,t){if(!this.isSupported)
return;let n=this.get("flash",3);n.clear(),this.add(n,e,t),this.flashTimer!==null&&clearTimeout(this.flashTimer),this.flashTimer=
setTimeout(()=>n.clear(),1800)}clear(){for(let e of this.named.values())e.clear();this.drawn.clear(),this.worn.clear()}destroy(){
this.flashTimer!==null&&clearTimeout(this.flashTimer);for(let e of this.named.keys())CSS.highlights.delete(`${this.space}\
-${e}`);this.named.clear(),this.sheet.remove()}get(e,t){let n=this.named.get(e);return n===void 0&&(n=new Highlight,n.priority=
t,this.named.set(e,n),CSS.highlights.set(`${this.space}-${e}`,n)),n}add(e,t,n){for(let i of t.touched(n))e.add(this.range(
i,i.part(n)))}range(e,t){let n=this.nodeOf(e);return new StaticRange({startContainer:n,startOffset:e.toUtf16(t.start),endContainer:n,
endOffset:e.toUtf16(t.end)})}};function Pe(o,e){return o.start-e.start||e.end-o.end||(o.id<e.id?-1:1)}function $e(o){let e=new Map,t=new Map;for(let n of o){
let i=t.get(n.group)??[];t.set(n.group,i);let r=i.findIndex(a=>a<=n.start),s=r===-1?i.length:r;i[s]=n.end,e.set(n.id,s)}
return e}function He(o,e,t){let n=Math.max(1,Math.floor(e/t));if(o.length<=n)return{tops:Oe(o,e,t),more:null};let i=Oe(o.
slice(0,n-1),e-t,t),r=Array(o.length-i.length).fill(null);return{tops:[...i,...r],more:Math.max(0,e-t)}}function Oe(o,e,t){
let n=[];for(let r of o)n.push(Math.max(r,(n.at(-1)??-t)+t));let i=e;for(let r=n.length-1;r>=0;r-=1)n[r]=Math.max(0,Math.
min(n[r],i-t)),i=n[r];return n}var Be=/[\u202a-\u202e\u2066-\u2069]/g,De=/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;function Ne(o){return o.replace(Be,"⇄").
replace(De,"�")}function Ie(o){return[...o.matchAll(Be),...o.matchAll(De)].map(e=>e.index).sort((e,t)=>e-t)}var ft=/[\ud800-\udbff][\udc00-\udfff]/g;function ze(o,e){let t=0,n=o.length;for(;t<n;){let i=t+n>>1;o[i]<e?t=i+1:n=i}return t}
var se=class{constructor(e,t,n){this.index=e;this.text=t;this.start=n;this.pairs16=Array.from(t.matchAll(ft),i=>i.index),
this.pairs=this.pairs16.map((i,r)=>i-r),this.end=n+t.length-this.pairs16.length}index;text;start;end;pairs16;pairs;get length(){
return this.end-this.start}toUtf16(e){return e+ze(this.pairs,e)}toCodePoints(e,t){let n=ze(this.pairs16,e);return n>0&&this.
pairs16[n-1]===e-1?e-n+(t?1:0):e-n}part(e){return{start:Math.max(0,e.start-this.start),end:Math.min(this.length,e.end-this.
start)}}},E=class{paragraphs;constructor(e){let t=0;this.paragraphs=e.split(`
`).map((n,i)=>{let r=new se(i,n,t);return t=r.end+1,r})}get length(){return this.paragraphs.at(-1).end}at(e){let t=0,n=this.
paragraphs.length-1;for(;t<n;){let i=t+n+1>>1;this.paragraphs[i].start<=e?t=i:n=i-1}return this.paragraphs[t]}touched(e){
let t=[];for(let n=this.at(e.start).index;n<this.paragraphs.length;n+=1){let i=this.paragraphs[n];if(i.start>=e.end)break;
t.push(i)}return t}slice(e){let t=this.touched(e).map(r=>{let s=r.part(e);return r.text.slice(r.toUtf16(s.start),r.toUtf16(
s.end))}),n=this.touched(e).at(-1),i=n!==void 0&&e.end>n.end&&n.end<this.length;return t.join(`
`)+(i?`
`:"")}trim(e){let t=this.slice(e),n=t.length-t.trimStart().length,i=t.length-t.trimEnd().length;return n===t.length?null:
{start:e.start+n,end:e.end-i}}};var ae=74,Fe=7,gt=15,mt=8,vt="600px 0px",U=8,G=class{constructor(e){this.events=e;this.highlights=new K(t=>this.rows[t.index].
node),this.scroller.tabIndex=0,this.scroller.setAttribute("role","document"),this.scroller.append(this.coderNames,this.body),
this.near=new IntersectionObserver(t=>{let[n,i]=[[],[]];for(let{target:r,isIntersecting:s}of t)(s?n:i).push(...this.rowsOf(
r));for(let r of i)this.goFar(r);this.comeNear(n.filter(r=>!r.isNear))},{root:this.scroller,rootMargin:vt}),this.sized=new ResizeObserver(
()=>this.resized()),this.sized.observe(this.scroller),this.scroller.addEventListener("scroll",()=>this.scrolled(),{passive:!0});
for(let t of["wheel","pointerdown","keydown"])this.scroller.addEventListener(t,()=>this.isMoved=!0,{passive:!0});this.body.
addEventListener("pointerover",t=>{let n=Ve(t.target);this.isolate(n),this.events.point(n)}),this.body.addEventListener(
"pointerleave",()=>{this.isolate(null),this.events.point(null)}),this.body.addEventListener("click",t=>{let n=Ve(t.target);
n!==null&&this.events.choose(n)})}events;scroller=l("div","tp-scroller");body=l("div","tp-body");coderNames=l("div","tp-\
coders");highlights;text=new E("");rows=[];sections=[];rowOf=new WeakMap;firstOf=new WeakMap;codings=new Map;lanes=new Map;laid=new WeakMap;coders=[];laneCounts=[];book;top=0;isMoved=!1;anchor=null;width=0;near;sized;settling=null;size=17;sampled="";handles={
start:this.makeHandle("start"),end:this.makeHandle("end")};show(e,t){this.near.disconnect(),this.highlights.clear(),this.
text=new E(e),this.sections=t,this.codings=new Map,this.lanes=new Map,this.laid=new WeakMap,this.body.replaceChildren(),
this.setMeasure(e);let n=bt(this.text,t);this.rows=this.text.paragraphs.map(r=>this.makeRow(r,n.get(r.index)));let i=this.
makeBlocks();this.body.append(...i);for(let r of i)this.near.observe(r)}makeBlocks(){let e=[];for(let t=0;t<this.rows.length;t+=
U){let n=this.rows.slice(t,t+U),i=l("div","tp-block"),r=n.reduce((s,{paragraph:a})=>s+Math.ceil(a.length/ae),0);i.style.
setProperty("--lines",String(r)),i.style.setProperty("--rows",String(n.length)),i.append(...n.map(({element:s})=>s)),this.
firstOf.set(i,t),e.push(i)}return e}rowsOf(e){let t=this.firstOf.get(e)??this.rows.length;return this.rows.slice(t,t+U)}setMeasure(e){
this.sampled=e;let t=document.createElement("canvas").getContext("2d"),n=e.slice(0,2e3).replace(/\s+/g," ");if(t===null||
n.length<200)return;t.font=`${this.size}px ${getComputedStyle(this.scroller).getPropertyValue("--tp-serif")||"serif"}`;let i=t.
measureText(n).width/n.length*ae;this.scroller.style.setProperty("--tp-measure",`${Math.round(Math.min(740,Math.max(460,
i*17/this.size))*(this.size/17))}px`)}setSize(e){this.size=e,this.scroller.style.setProperty("--tp-size",`${e}px`),this.
scroller.style.setProperty("--tp-line",`${Math.round(e*1.6)}px`),this.rows.length!==0&&(this.setMeasure(this.sampled),this.
reflowed())}makeRow(e,t){let n=l("div",e.length===0?"tp-row tp-blank":"tp-row");n.dataset.start=String(e.start),n.dataset.
end=String(e.end);let i=l("div","tp-words");i.dir="auto";let r=document.createTextNode(Ne(e.text));i.append(r);let s=l("\
div","tp-margin");t!==void 0&&wt(t,n,i,s);let a=l("div","tp-stripes"),d=l("div","tp-hidden");n.append(s,i,d,a);let p=t===
void 0?0:Le(e.text,t),h=Ie(e.text),S={paragraph:e,element:n,words:i,node:r,stripes:a,listed:d,furniture:p,turning:h,...{
parts:[],isNear:!1,geometry:null}};return this.rowOf.set(n,S),S}setBook(e){this.book=e,this.scroller.setAttribute("aria-\
label",e.words.text)}setCoders(e){return e.join(`
`)===this.coders.join(`
`)?!1:(this.coders=e,this.laid=new WeakMap,this.coderNames.hidden=!this.isGrouped,this.scroller.toggleAttribute("data-gr\
ouped",this.isGrouped),this.coderNames.replaceChildren(l("span"),l("span"),l("div","tp-coder-names")),this.coderNames.lastElementChild.
append(...e.map(t=>l("span","",t))),this.scroller.style.setProperty("--tp-groups",String(this.isGrouped?e.length:1)),!0)}get isGrouped(){
return this.coders.length>1}get lanesPerGroup(){return this.isGrouped?5:8}setCodings(e,t=!1){let n=new Set,i=d=>{for(let p of this.
text.touched(d))n.add(this.rows[p.index])},r=this.codings;for(let[d,p]of r)We(p,e.get(d))||i(p);for(let[d,p]of e)We(p,r.
get(d))||i(p);if(t)for(let d of this.rows)d.parts.length>0&&n.add(d);if(this.codings=e,n.size===0)return;let s=Array.from(
e.values(),d=>this.lay(d));s.sort((d,p)=>Pe(d.coding,p.coding));let a=$e(s);for(let{id:d,coding:p}of s)this.lanes.get(d)!==
a.get(d)&&i(p);this.lanes=a,this.countLanes(s);for(let d of n)d.parts=[],d.geometry=null;for(let d of s)this.addParts(d,
n);for(let d of n)this.describe(d);this.draw([...n].filter(d=>d.isNear))}lay(e){let t=this.laid.get(e);if(t===void 0){let n=this.
text.at(e.start).index,i=this.text.at(Math.max(e.start,e.end-1)).index,{id:r,start:s}=e;t={id:r,start:s,end:this.lineAfter(
e),group:this.groupOf(e),coding:e,first:n,last:i},this.laid.set(e,t)}return t}lineAfter({end:e}){return Math.min(e+ae,Math.
max(e,this.text.at(e-1).end))}groupOf(e){return this.isGrouped?Math.max(0,this.coders.indexOf(e.coder)):0}countLanes(e){
this.laneCounts=[];for(let t of e){let n=Math.min(this.lanesPerGroup,(this.lanes.get(t.id)??0)+1);this.laneCounts[t.group]=
Math.max(this.laneCounts[t.group]??1,n)}}addParts({coding:e,group:t,first:n,last:i},r){for(let s=n;s<=i;s+=1){let a=this.
rows[s];if(!r.has(a))continue;let{paragraph:d}=a,p=d.part(e);p.end<=p.start||a.parts.push({...p,coding:e,group:t,slot:this.
book.slot(e.code),lane:this.lanes.get(e.id)??0,begins:e.start>=d.start,ends:e.end<=d.end})}}describe(e){let t=e.parts.map(
({coding:n})=>{let i=this.book.spoken(n);return this.isGrouped?c(this.book.words.by_coder,{coding:i,coder:n.coder}):i});
e.listed.textContent=t.length===0?"":c(this.book.words.codes_here,{codes:t.join("; ")})}comeNear(e){for(let t of e)t.isNear=
!0,this.highlights.dress(t.paragraph,t.furniture,t.turning);this.draw(e)}goFar(e){e.isNear&&(e.isNear=!1,this.highlights.
erase(e.paragraph),this.highlights.undress(e.paragraph),e.stripes.replaceChildren())}draw(e){for(let t of e)t.parts.length>
0&&(t.geometry??=yt(t));e.forEach(t=>{this.highlights.draw(t.paragraph,t.parts);let{geometry:n}=t;t.stripes.replaceChildren(),
n!==null&&t.stripes.append(this.drawStripes(t,n))})}drawStripes(e,t){let n=document.createDocumentFragment();for(let i=0;i<
Math.max(1,this.isGrouped?this.coders.length:1);i+=1){let r=l("div","tp-lanes"),a=e.parts.map((d,p)=>({part:d,...t.places[p]})).
filter(({part:d})=>d.group===i);for(let{part:d,top:p,bottom:h}of a)d.lane<this.lanesPerGroup&&r.append(this.bar(d,p,h));
r.append(...this.labels(a,i,t.height)),n.append(r)}return n}bar(e,t,n){let i=l("span",`tp-bar${e.begins?" tp-begins":""}${e.
ends?" tp-ends":""}`);return i.dataset.coding=e.coding.id,i.title=this.titleOf(e.coding),i.style.cssText=`top:${t}px;hei\
ght:${Math.max(4,n-t)}px;left:${e.lane*Fe}px`,i.style.setProperty("--level",this.book.colour(e.coding.code)),i}labels(e,t,n){
let i=(this.laneCounts[t]??1)*Fe+6,r=e.filter(({part:h})=>h.begins&&h.lane<this.lanesPerGroup),s=e.filter(({part:h})=>h.
begins&&h.lane>=this.lanesPerGroup),a=He([...r,...s].map(({top:h})=>h),n,gt),d=[...r,...s].filter((h,y)=>a.tops[y]===null),
p=[...r,...s].flatMap(({part:h},y)=>{let S=a.tops[y]??null;return S===null?[]:[this.label(h.coding,S,i)]});return d.length>
0&&p.push(this.more(d,a.more??0,i)),p}label(e,t,n){let i=l("span","tp-label",`${e.code} ${v(e.valence)}`.trimEnd());return i.
append(l("span","tp-label-name",this.book.label(e.code))),i.dataset.coding=e.id,i.title=this.titleOf(e),i.style.cssText=
`top:${t}px;left:${n}px;max-width:calc(100% - ${n}px)`,i.style.setProperty("--level",this.book.colour(e.code)),i}more(e,t,n){
let i=l("span","tp-label tp-more",`+${e.length}`);i.dataset.coding=e[0].part.coding.id;let r=e.map(({part:s})=>this.titleOf(
s.coding)).join(`
`);return i.title=`${c(this.book.words.more_codings,{n:e.length})}
${r}`,i.style.cssText=`top:${t}px;left:${n}px`,i}titleOf(e){return c(this.book.words.by_coder,{coding:this.book.spoken(e),
coder:e.coder})}strengthen(e){let t=e.flatMap(n=>this.codings.get(n)??[]);this.highlights.strengthen(this.text,t.map(n=>({
...n,slot:this.book.slot(n.code)})));for(let n of this.body.querySelectorAll("[data-strong]"))delete n.dataset.strong;for(let n of e)
for(let i of this.body.querySelectorAll(`[data-coding="${CSS.escape(n)}"]`))i.dataset.strong=""}isolate(e){let t=e!==null;
this.body.toggleAttribute("data-isolating",t),this.highlights.setIsolating(t)}makeHandle(e){let t=l("span",`tp-handle tp\
-handle-${e}`);t.setAttribute("aria-hidden","true"),f(t),t.addEventListener("pointerdown",i=>{i.button===0&&(t.setPointerCapture(
i.pointerId),t.dataset.pulled="")}),t.addEventListener("pointermove",i=>{if(!t.hasPointerCapture(i.pointerId))return;let r=this.
codePointUnder(i.clientX,i.clientY,e==="end");r!==null&&this.events.pull(e,r)});let n=i=>{t.hasPointerCapture(i.pointerId)&&
(t.releasePointerCapture(i.pointerId),delete t.dataset.pulled,this.events.drop())};return t.addEventListener("pointerup",
n),t.addEventListener("pointercancel",n),t}showHandles(e,t){for(let n of[this.handles.start,this.handles.end])e===null&&
n.remove(),n.style.setProperty("--level",t);e===null||e.end>this.text.length||(this.putHandle(this.handles.start,e.start,
{start:e.start,end:e.start+1},"left"),this.putHandle(this.handles.end,e.end-1,{start:e.end-1,end:e.end},"right"))}putHandle(e,t,n,i){
let r=this.rows[this.text.at(t).index],s=r.element.getBoundingClientRect(),a=this.rectangle(n);e.style.top=`${a.top-s.top}\
px`,e.style.height=`${a.height}px`,e.style.left=`${a[i]-s.left}px`,e.parentElement!==r.element&&r.element.append(e)}codePointAt(e,t,n){
let i=e===this.body?t*U:this.firstOf.get(e)??null;if(i!==null)return this.rows[e===this.body?i:i+t]?.paragraph.start??this.
text.length;let r=e instanceof Element?e:e.parentElement,s=this.rowOf.get(r?.closest(".tp-row")??this.scroller);return s===
void 0?null:e===s.node?s.paragraph.start+s.paragraph.toCodePoints(t,n):(s.words.contains(e)?t>0:e===s.element?t>1:(s.words.
compareDocumentPosition(e)&Node.DOCUMENT_POSITION_FOLLOWING)!==0)?s.paragraph.end:s.paragraph.start}selectedSpan(){let e=document.
getSelection();if(e===null||e.isCollapsed||e.rangeCount===0)return null;let t=e.getRangeAt(0);if(!this.body.contains(t.commonAncestorContainer))
return null;let n=this.codePointAt(t.startContainer,t.startOffset,!1),i=this.codePointAt(t.endContainer,t.endOffset,!0);
return n===null||i===null||i<=n?null:this.text.trim({start:n,end:i})}caret(){let e=document.getSelection();return e===null||
e.focusNode===null||!this.body.contains(e.focusNode)?null:this.codePointAt(e.focusNode,e.focusOffset,!1)}select(e){let[t,
n]=[this.place(e.start),this.place(e.end)];document.getSelection()?.setBaseAndExtent(t.node,t.offset,n.node,n.offset)}place(e){
let t=this.text.at(e);return{node:this.rows[t.index].node,offset:t.toUtf16(Math.min(t.length,e-t.start))}}rectangle(e){let t=document.
createRange(),[n,i]=[this.place(e.start),this.place(e.end)];t.setStart(n.node,n.offset),t.setEnd(i.node,i.offset);let r=t.
getClientRects();return r[r.length-1]??t.getBoundingClientRect()}voiceAt(e){let[,,,,t,n]=this.sections.findLast(([,i,r])=>i<=
e&&e<r)??["",0,0,null,null,null];return{speaker:t??"",seconds:n}}codePointUnder(e,t,n=!1){let i=document.caretRangeFromPoint(
e,t);if(i===null||i.startContainer.nodeType!==Node.TEXT_NODE||!this.body.contains(i.startContainer))return null;let r=i.
startContainer.parentElement.getBoundingClientRect();return e<r.left||e>r.right||t<r.top||t>r.bottom?null:this.codePointAt(
i.startContainer,i.startOffset,n)}window(){let e=this.scroller.getBoundingClientRect(),t=e.top+this.scroller.clientHeight,
n=this.rowAt(e.top+20),i=this.rowAt(t),{start:r}=n.paragraph,s=(a,d)=>{let{top:p,height:h}=a.element.getBoundingClientRect();
return Math.round(Math.min(1,Math.max(0,(d-p)/Math.max(1,h)))*a.paragraph.length)};return{start:r+s(n,e.top),end:i.paragraph.
start+s(i,t)}}reveal(e){let t=this.scroller.getBoundingClientRect(),n=this.rectangle({start:e.start,end:Math.min(e.end,e.
start+1)}),i=this.rectangle(e),r=t.top+40,s=t.bottom-24;n.top<r?this.scroller.scrollTop-=r-n.top:i.bottom>s&&(this.scroller.
scrollTop+=Math.min(i.bottom-s,n.top-r))}scrollTo(e){this.scroller.scrollTop+=this.offsetOf(this.rows[this.text.at(e).index]),
this.isMoved=!1,this.bringUp(e,mt)}bringUp(e,t){let n=this.rectangle({start:e,end:e+1}),i=this.scroller.getBoundingClientRect();
this.scroller.scrollTop+=n.top-i.top-i.height/3,this.rememberAnchor();let{text:r}=this;t!==0&&requestAnimationFrame(()=>{
this.text===r&&!this.isMoved&&this.bringUp(e,t-1)})}scrollToRow(e){this.scroller.scrollTop+=this.offsetOf(this.rows[this.
text.at(e).index]),this.rememberAnchor()}isVisible(e){let t=this.rectangle({start:e,end:e+1}),n=this.scroller.getBoundingClientRect();
return t.bottom>n.top&&t.top<n.bottom}get placeOnTop(){return this.anchor?.row.paragraph.start??0}firstVisible(){let{paragraph:e}=this.
rowOnTop(),t=this.scroller.getBoundingClientRect().top,n=e.start,i=e.end;for(;n<i;){let r=n+i>>1;this.rectangle({start:r,
end:r+1}).top<t?n=r+1:i=r}return n}rowOnTop(){return this.rowAt(this.scroller.getBoundingClientRect().top+20)}rowAt(e){let t=0,
n=this.rows.length-1;for(;t<n;){let i=t+n>>1;this.rows[i].element.getBoundingClientRect().bottom>e?n=i:t=i+1}return this.
rows[t]}scrolled(){!this.scroller.isConnected||this.scroller.clientHeight===0||(this.top=this.scroller.scrollTop,this.events.
scrolled(),this.settling!==null&&clearTimeout(this.settling),this.settling=setTimeout(()=>this.rememberAnchor(),150))}rememberAnchor(){
this.top=this.scroller.scrollTop;let e=this.rowOnTop();this.anchor={row:e,offset:this.offsetOf(e)}}offsetOf(e){return e.
element.getBoundingClientRect().top-this.scroller.getBoundingClientRect().top}resized(){let e=this.scroller.clientWidth;
if(e===0||e===this.width)return;let t=this.width===0;this.width=e,!t&&this.reflowed()}reflowed(){for(let e of this.rows)
e.geometry=null;this.anchor!==null&&(this.scroller.scrollTop+=this.offsetOf(this.anchor.row)-this.anchor.offset),this.draw(
this.rows.filter(e=>e.isNear&&e.parts.length>0))}restoreScroll(){let{anchor:e}=this;this.scroller.scrollTop=this.top,e!==
null&&(this.scroller.scrollTop+=this.offsetOf(e.row)-e.offset),this.top=this.scroller.scrollTop}destroy(){this.settling!==
null&&clearTimeout(this.settling),this.near.disconnect(),this.sized.disconnect(),this.highlights.destroy()}};function yt(o){
let e=o.element.getBoundingClientRect(),t=document.createRange(),n=o.parts.map(i=>{t.setStart(o.node,o.paragraph.toUtf16(
i.start)),t.setEnd(o.node,o.paragraph.toUtf16(i.end));let r=t.getBoundingClientRect();return{top:i.begins?Math.round(r.top-
e.top):0,bottom:i.ends?Math.round(r.bottom-e.top):Math.ceil(e.height)}});return{height:e.height,places:n}}function We(o,e){
return o===e?!0:e===void 0?!1:o.start===e.start&&o.end===e.end&&o.code===e.code&&o.valence===e.valence&&o.coder===e.coder}
function Ve(o){return o instanceof HTMLElement?o.closest("[data-coding]")?.dataset.coding??null:null}function bt(o,e){let t=new Map;
for(let n of e){let i=o.at(n[1]).index;t.has(i)||t.set(i,n)}return t}function wt(o,e,t,n){let[i,,,r,s,a]=o;if(e.classList.
add(`tp-${i}`),i==="heading"){let d=Math.min(6,Math.max(1,r??2));e.dataset.level=String(d),t.setAttribute("role","headin\
g"),t.setAttribute("aria-level",String(Math.min(6,d+1)))}s!==null&&n.append(l("span","tp-speaker",s)),a!==null&&n.append(
l("span","tp-time",le(a)))}function le(o){let e=Math.floor(o),t=s=>String(s).padStart(2,"0"),[n,i,r]=[Math.floor(e/3600),
Math.floor(e/60)%60,e%60];return n===0?`${t(i)}:${t(r)}`:`${n}:${t(i)}:${t(r)}`}var q=class{constructor(e){this.choose=e;this.element.setAttribute("role","tree"),f(this.element),this.element.addEventListener(
"click",t=>this.clicked(t)),this.element.addEventListener("keydown",t=>this.key(t))}choose;element=l("div","tp-tree");rows=new Map;folded=new Set;current="";book;setBook(e){
this.book=e,this.element.setAttribute("aria-label",e.words.codes),this.rows.clear(),this.current=e.codes[0]?.key??"",this.
element.replaceChildren(...e.codes.map(t=>this.makeRow(t))),this.refresh()}makeRow(e){let t=l("div","tp-tree-row"),n=this.
book.depth(e);t.dataset.key=e.key,t.title=e.definition===""?e.key:`${e.key}: ${e.definition}`,t.setAttribute("role","tre\
eitem"),t.setAttribute("aria-level",String(n+1)),t.style.setProperty("--level",this.book.colour(e.key)),t.style.setProperty(
"--depth",String(n));let i=l("span","tp-fold");i.setAttribute("aria-hidden","true");let r=l("span","tp-count");return t.
append(i,l("i","tp-swatch"),l("span","tp-tree-label",e.label),r),this.rows.set(e.key,{row:t,count:r}),t}setCodings(e){let t=new Map;
for(let n of e){let i=n.code;for(let r=0;i!==null&&r<10;r+=1)t.set(i,(t.get(i)??0)+1),i=this.book.code(i)?.parent??null}
for(let[n,{count:i}]of this.rows){let r=String(t.get(n)??"");i.textContent!==r&&(i.textContent=r)}}mark(e){for(let[t,{row:n}]of this.
rows)n.setAttribute("aria-selected",String(t===e))}isHidden(e){for(let t=e.parent;t!==null;t=this.book.code(t)?.parent??
null)if(this.folded.has(t))return!0;return!1}refresh(){for(let e of this.book.codes){let{row:t}=this.rows.get(e.key);t.hidden=
this.isHidden(e),t.tabIndex=e.key===this.current?0:-1,this.book.hasChildren(e.key)&&t.setAttribute("aria-expanded",String(
!this.folded.has(e.key)))}}fold(e,t){t?this.folded.add(e):this.folded.delete(e),this.refresh()}clicked(e){if(!(e.target instanceof
HTMLElement))return;let t=e.target.closest(".tp-tree-row")?.dataset.key,n=t===void 0?void 0:this.book.code(t);if(n!==void 0){
if(e.target.classList.contains("tp-fold")&&this.book.hasChildren(n.key)){this.fold(n.key,!this.folded.has(n.key));return}
this.current=n.key,this.refresh(),this.choose(n)}}key(e){let t=this.book.codes.filter(p=>!this.isHidden(p)),n=t.findIndex(
p=>p.key===this.current),i=t[n];if(i===void 0||e.altKey||e.ctrlKey||e.metaKey)return;let r=this.book.hasChildren(i.key)&&
!this.folded.has(i.key),s=p=>{p!==void 0&&(this.current=p.key,this.refresh(),this.rows.get(p.key).row.focus())},d={ArrowDown:()=>s(
t[n+1]),ArrowUp:()=>s(t[n-1]),Home:()=>s(t[0]),End:()=>s(t.at(-1)),ArrowRight:()=>r?s(t[n+1]):this.fold(i.key,!1),ArrowLeft:()=>r?
this.fold(i.key,!0):s(this.book.code(i.parent??"")),Enter:()=>this.choose(i)," ":()=>this.choose(i)}[e.key];d!==void 0&&
(e.preventDefault(),e.stopPropagation(),d())}};var j=class{constructor(e){this.spans=e}spans;from(e){return this.spans[this.firstWhere(({start:t})=>t>=e)]??null}until(e){
return this.spans[this.firstWhere(({end:t})=>t>e)-1]??null}around(e){return this.spans[this.firstWhere(({end:t})=>t>e)]??
null}firstWhere(e){let t=0,n=this.spans.length;for(;t<n;){let i=t+n>>1;e(this.spans[i])?n=i:t=i+1}return t}};function de(o){
let e=o.paragraphs.flatMap(t=>o.trim(t)??[]);return new j(e)}function Ke(o,e){let t=e.filter(([,,,,n])=>n!==null);return t.
length===0?de(o):new j(t.flatMap(([,n,i])=>o.trim({start:n,end:i})??[]))}function Ue(o,e,t,n){let i=o.spans.map(()=>!1),
r=0;for(let a of e){for(;r<o.spans.length&&o.spans[r].end<=a.start;)r+=1;for(let d=r;d<o.spans.length&&o.spans[d].start<
a.end;d+=1)i[d]=!0}let s=o.spans.filter((a,d)=>i[d]!==!0);return(n===1?s.find(({start:a})=>a>=t.end):s.findLast(({end:a})=>a<=
t.start))??null}var J=class{constructor(e){this.text=e}text;segmenter=new Intl.Segmenter(void 0,{granularity:"sentence"});known=new Map;of(e){
let t=this.known.get(e.index);return t===void 0&&(t=this.split(e),this.known.set(e.index,t)),t}split(e){let t=[];for(let{
index:n,segment:i}of this.segmenter.segment(e.text)){let r=this.text.trim({start:e.start+e.toCodePoints(n,!1),end:e.start+
e.toCodePoints(n+i.length,!0)});r!==null&&t.push(r)}return t}from(e){let t=this.text.at(e).index;for(let n=t;n<this.text.
paragraphs.length;n+=1){let i=this.of(this.text.paragraphs[n]).find(r=>r.start>=e);if(i!==void 0)return i}return null}until(e){
for(let t=this.text.at(e).index;t>=0;t-=1){let n=this.of(this.text.paragraphs[t]).findLast(i=>i.end<=e);if(n!==void 0)return n}
return null}around(e){return this.of(this.text.at(e)).find(n=>e<n.end)??this.from(e)}};function Ge(o,e){return o!==null&&e!==null&&o.start===e.start&&o.end===e.end}var Y=class{turns;units;anchor=null;cursor=null;made=null;constructor(e,t){
this.turns=Ke(e,t),this.units={sentence:new J(e),paragraph:de(e),turn:this.turns}}around(e){return this.units.sentence.around(
e)}step(e,t,n,i,r){let s=this.units[e];if(i===null)return this.startAt(t===1?s.around(r):s.until(r));Ge(i,this.made)||this.
startAt(i);let a=n?this.cursor:i,d=this.next(s,a,t);if(d===null)return null;if(!n)return this.startAt(d);this.cursor=d;let p=this.
anchor;return this.made={start:Math.min(p.start,d.start),end:Math.max(p.end,d.end)},this.made}next(e,t,n){let i=e.around(
t.start);return i!==null&&i.start<=t.start&&i.end>=t.end&&!Ge(i,t)?i:n===1?e.from(t.end):e.until(t.start)}startAt(e){return this.
anchor=e,this.cursor=e,this.made=e,e}};var xt=420,kt=2e3,Q=class{constructor(e,t){this.data=e;this.setStateValue=t;let{document:n,person:i}=e;this.drawer=new I(
window.localStorage,i,n.id,n.version),this.held=new B(JSON.stringify([n.id,n.version,i])),this.remembered=new M(window.localStorage,
i,n.id,n.version),this.filters=this.remembered.document.filters,this.outbox=new z(this.drawer,r=>this.deliver(r),()=>this.
showStatus()),this.recent=new W(window.localStorage,i),this.assemble(),this.listen()}data;setStateValue;root=l("section",
"tp-reader");frame=l("div","tp-frame");bar=new _({toggleTree:()=>this.toggleTree(),help:()=>this.help.toggle(this.view.scroller),
filter:()=>this.filterSheet.toggle(),showAll:()=>this.filter(b),stripes:()=>this.toggleStripes(),size:e=>this.resizeLetters(
e),find:e=>this.find(e),hit:e=>this.stepHit(e),leave:()=>this.backToText()});live=l("div","tp-hidden");codeButton=u("tp-\
code-button","",()=>this.openPalette());probe=ge(e=>this.setGround(e));view=new G({choose:e=>this.choose(e),point:e=>this.
point(e),pull:(e,t)=>this.pull(e,t),drop:()=>this.drop(),scrolled:()=>this.showWindow()});strip=new V(e=>this.view.scrollTo(
e));filterSheet=new P(e=>this.filter(e),()=>this.backToText());tree=new q(e=>this.chooseCode(e));palette=new F;help=new N;inspector=new D(
{setValence:(e,t)=>this.change(e,{valence:t}),setDetail:(e,t)=>this.setDetail(e,t),setMemo:(e,t)=>this.setMemo(e,t),retire:e=>this.
retire(e),changeCode:e=>this.openPaletteToChange(e),choose:e=>this.choose(e),copy:e=>this.copy(e),only:e=>this.filter({...b,
codes:[e.key]}),leave:()=>this.backToText()});drawer;outbox;recent;held;remembered;done=[];undone=[];lastUsed=null;book=null;bookName="";walk=null;finder=null;hits=[];hit=-1;filters=b;stored=new Map;codings=new Map;shown=new Map;ordered=null;pulled=null;waitingTurn=null;asked=0;revision=null;selected=null;pointed=null;shownCode=null;span=null;spanBefore=null;refusal="";shownAt=null;isAttached=!1;hadFocus=!1;pointerFrame=0;windowFrame=0;rowsAbove=new ResizeObserver(
()=>this.fitHeight());leaving=new AbortController;assemble(){let{root:e,frame:t}=this;e.dataset.trigpoint="reader",e.dataset.
document=this.data.document.id,e.tabIndex=-1;let n=l("style","",Ae);this.live.setAttribute("aria-live","polite"),this.codeButton.
hidden=!0,this.codeButton.tabIndex=-1,f(this.codeButton),this.view.scroller.append(this.codeButton);let i=l("nav","tp-si\
de");i.append(this.tree.element),t.append(this.bar.element,i,this.view.scroller,this.strip.element,this.inspector.element),
e.append(n,this.probe,t,this.filterSheet.element,this.palette.element,this.help.element,this.live)}listen(){let{root:e}=this,
t={signal:this.leaving.signal};e.addEventListener("keydown",i=>this.key(i)),e.addEventListener("focus",()=>this.view.scroller.
focus({preventScroll:!0})),e.addEventListener("focusin",()=>this.hadFocus=!0),e.addEventListener("focusout",i=>{i.relatedTarget!==
null&&(this.hadFocus=e.contains(i.relatedTarget))});let{scroller:n}=this.view;n.addEventListener("mousedown",i=>this.pressed(
i)),n.addEventListener("pointermove",i=>this.pointAt(i)),n.addEventListener("click",i=>this.clickedText(i)),document.addEventListener(
"pointerdown",()=>this.spanBefore=this.span,{...t,capture:!0}),document.addEventListener("pointerup",()=>setTimeout(()=>this.
offerCode()),t),document.addEventListener("selectionchange",()=>this.noteSelection(),t),window.addEventListener(Ce,()=>this.
refresh(),t),window.addEventListener("resize",()=>this.fitHeight(),t),window.addEventListener("online",()=>this.outbox.flush(),
t),window.addEventListener("pagehide",()=>this.leave(),t)}attach(e){let{scroller:t}=this.view,n=this.span;e.append(this.
root),this.isAttached=!0,this.fitHeight(),this.rowsAbove.disconnect(),this.rowsAbove.observe(e.closest(".stMainBlockCont\
ainer")??e),this.setGround(A(this.probe)),this.view.restoreScroll(),T(()=>this.view.restoreScroll()),(document.activeElement===
null||document.activeElement===document.body)&&this.hadFocus&&(t.focus({preventScroll:!0}),n!==null&&this.view.select(n))}detach(){
this.leave(),this.isAttached=!1,this.outbox.stopWaiting()}destroy(){this.outbox.stopWaiting(),this.leaving.abort(),this.
rowsAbove.disconnect(),this.view.destroy(),this.strip.destroy(),this.root.remove()}leave(){this.inspector.finishMemo(),this.
walk!==null&&this.remembered.keepForDocument({place:this.view.placeOnTop})}update(e,t){this.data=e,this.setStateValue=t,
this.fitHeight(),this.refresh()}refresh(){let{data:e}=this,t=C(e.text_shelf),n=C(e.book_shelf);if(!this.isAttached||t===
void 0||n===void 0)return;let i=this.held.after(e.codings,e.codings_shelf,e.coders);if(i===null)return this.askForAll();
this.revision=e.codings.revision;let r=this.bookName!==e.book_shelf;r&&this.setBook(new O(n),e.book_shelf),this.bar.setTitle(
e.document.title),this.root.dataset.readOnly=String(e.read_only);let s=this.view.setCoders(e.coders),a=this.walk===null;
a&&(this.view.setSize(this.remembered.person.size),this.view.show(t.text,t.sections),this.walk=new Y(this.view.text,t.sections),
this.finder=new H(this.view.text),this.showLook()),this.stored=i,this.filterSheet.set(this.filters,e.coders);let d=this.
outbox.settle(e.acked,e.refused);for(let{kept:p,reason:h}of d.refused)this.takeBack(p.operation.operation,h);d.acked.length>
0&&d.refused.length===0&&(this.refusal=""),this.redraw(r||s,d.acked),a&&this.opened(),this.goTo(e.at),d.acked.length>0&&
this.tell("trigpoint:acked",d.acked),this.waitingTurn!==null&&this.outbox.size===0&&this.turn(this.waitingTurn)}askForAll(){
this.data.codings.base===this.data.codings.revision||Date.now()-this.asked<kt||(this.asked=Date.now(),this.revision=null,
this.send([]))}setBook(e,t){this.book=e,this.bookName=t;let n=[this.bar,this.view,this.tree,this.palette,this.inspector,
this.help,this.filterSheet];for(let i of n)i.setBook(e);this.strip.setTitle(e.words.strip),this.codeButton.textContent=e.
words.code_button,this.bar.showTree(!this.frame.classList.contains("tp-no-tree")),this.showLook(),this.setGround(A(this.
probe))}opened(){let{id:e}=this.data.document,{place:t}=this.remembered.document;this.data.at===null&&t>0&&t<this.view.text.
length&&this.view.scrollToRow(t),document.activeElement?.closest("input, textarea, [contenteditable]")==null&&!this.data.
read_only&&this.view.scroller.focus({preventScroll:!0}),this.outbox.flush(),this.showWindow(),T(()=>{let i={document:e,codings:this.
codings.size};window.dispatchEvent(new CustomEvent("trigpoint:ready",{detail:i}))})}takeBack(e,t){this.refusal=t,this.done=
this.done.filter(n=>n.operation!==e),this.undone=[],this.say(c(this.words.said_refused,{reason:t}))}goTo(e){if(e===this.
shownAt||(this.shownAt=e,e===null||e<0||e>=this.view.text.length))return;let t=[...this.codings.values()].find(({start:i})=>i===
e)??null;this.view.scrollTo(e);let n=t??this.walk.around(e);t!==null&&this.choose(t.id),n!==null&&this.view.highlights.flash(
this.view.text,n)}get words(){return this.book.words}redraw(e=!1,t=[]){if(this.codings=ke(this.stored,this.outbox.kept(),
this.data.person),this.ordered=null,this.shown=this.passing(),this.view.setCodings(this.shown,e),this.showStrip(),this.bar.
showFiltered($(this.filters),this.shown.size,this.codings.size),this.tree.setCodings(this.codings.values()),this.selected!==
null){let n=this.codings.get(this.selected.id)??Se(this.selected,this.codings,t);this.selected=n}this.pointed!==null&&!this.
codings.has(this.pointed)&&(this.pointed=null),this.showSelected(),this.showStatus(),this.root.dataset.codings=String(this.
codings.size)}showSelected(){let{selected:e,shownCode:t}=this;this.view.strengthen([...new Set([e?.id,this.pointed])].filter(
i=>typeof i=="string")),this.tree.mark(e?.code??t?.key??null),this.root.dataset.selected=e?.id??"";let n=e!==null&&this.
canChange(e)&&this.shown.has(e.id);if(this.view.showHandles(n?e:null,e===null?"":this.book.colour(e.code)),e!==null)this.
inspector.showCoding({coding:e,quote:this.view.text.slice(e),alsoHere:this.others(e),canChange:this.canChange(e),said:{actor:this.
saidOf("actor"),timepoint:this.saidOf("timepoint")}});else if(t!==null){let i=[...this.codings.values()].filter(({code:r})=>r===
t.key).length;this.inspector.showCode(t,i)}else this.inspector.showNothing(this.data.read_only)}saidOf(e){let t=new Set;
for(let{detail:n}of this.codings.values())n!==w&&n[e]!==""&&t.add(n[e]);return[...t].sort()}passing(){if(!$(this.filters))
return this.codings;let e=t=>this.book.code(t)?.level??"";return new Map([...this.codings].filter(([,t])=>we(t,this.filters,
e)))}showStrip(){let{colours:e}=this.book,t=this.root.dataset.ground==="dark"?"dark":"light",n=({start:i,end:r,code:s})=>({
start:i,end:r,colour:e.colour(this.book.slot(s),t)});this.strip.show(this.view.text.length,()=>Array.from(this.shown.values(),
n))}showWindow(){this.windowFrame!==0||this.walk===null||(this.windowFrame=requestAnimationFrame(()=>{this.windowFrame=0,
this.isAttached&&this.strip.showWindow(this.view.window())}))}others(e){return this.inOrder().filter(t=>t.id!==e.id&&t.start<
e.end&&t.end>e.start)}showStatus(){if(this.book===null)return;let{size:e}=this.outbox;this.root.dataset.pending=String(e);
let[t,n]=this.statusNow(e),{status:i}=this.bar;i.dataset.state=t,i.textContent!==n&&(i.textContent=n,i.title=t==="refuse\
d"?n:"")}statusNow(e){let{words:t}=this;if(this.refusal!=="")return["refused",c(t.not_saved,{reason:this.refusal})];if(this.
outbox.isStuck)return["stuck",c(t.not_saved,{reason:c(t.no_answer,{n:e})})];if(e>0)return["saving",c(t.saving,{n:e})];let n=this.
drawer.elsewhere();return n>0?["stuck",c(t.waiting_elsewhere,{n})]:this.data.read_only?["read-only",this.data.reason_read_only||
t.read_only]:["saved",t.saved]}say(e){this.live.textContent=e}tell(e,t){T(()=>window.dispatchEvent(new CustomEvent(e,{detail:{
operations:t}})))}setGround(e){this.root.dataset.ground=e,this.book!==null&&(this.book.colours.setVariables(this.root,e),
this.view.highlights.setColours(this.book.colours,e),this.walk!==null&&(this.showStrip(),this.showHits()))}fitHeight(){if(!this.
isAttached)return;let{height:e}=this.data,t=this.root.getBoundingClientRect().top+this.scrolledPage(),n=e??Math.max(xt,window.
innerHeight-t-16);this.root.style.height=`${Math.round(n)}px`}scrolledPage(){let e=0;for(let t=this.root.parentElement;t!==
null;t=t.parentElement)e+=t.scrollTop;return e}toggleTree(){this.bar.showTree(!this.frame.classList.toggle("tp-no-tree"))}backToText(){
this.view.scroller.focus({preventScroll:!0}),!(this.selected===null||this.view.caret()!==null)&&this.view.select({start:this.
selected.start,end:this.selected.start})}filter(e){this.filters=e,this.remembered.keepForDocument({filters:e}),this.filterSheet.
set(e,this.data.coders),this.redraw(),this.selected!==null&&!this.shown.has(this.selected.id)&&this.choose(null)}toggleStripes(){
let{stripesOnly:e}=this.remembered.person;this.remembered.keepForPerson({stripesOnly:!e}),this.showLook()}resizeLetters(e){
let{size:t}=this.remembered.person,n=e===1?k.find(i=>i>t):k.findLast(i=>i<t);n!==void 0&&(this.remembered.keepForPerson(
{size:n}),this.view.setSize(n),this.showLook(),this.showSelected())}showLook(){let{size:e,stripesOnly:t}=this.remembered.
person;this.view.highlights.setPlain(t),this.bar.showLook(e,t)}find(e){if(this.finder===null)return;this.hits=this.finder.
find(e);let t=this.view.window().start;this.hit=this.hits.length===0?-1:Math.max(0,this.hits.findIndex(({start:i})=>i>=t)),
this.showHits();let n=this.hits[this.hit];n!==void 0&&this.view.reveal(n)}showHits(){this.view.highlights.find(this.view.
text,this.hits,this.hits[this.hit]??null),this.strip.showHits(this.hits,getComputedStyle(this.root).getPropertyValue("--\
accent")),this.bar.showHits(this.hit+1,this.hits.length)}stepHit(e){if(this.hits.length===0)return this.bar.focusSearch();
let t=document.activeElement===this.view.scroller,n=t&&this.span!==null?this.span:null,i=n===null?this.hit+e:e===1?this.
hits.findIndex(({start:a})=>a>=n.end):this.hits.findLastIndex(({end:a})=>a<=n.start),r=this.hits.length-1;this.hit=i<0?n!==
null&&e===1?0:r:i>r?0:i;let s=this.hits[this.hit];this.showHits(),t&&this.take(s),this.view.reveal(s)}deliver(e){setTimeout(
()=>this.send(e))}send(e){let{person:t,document:n}=this.data,r={...{document:n.id,version:n.version,person:t},sent:Date.
now(),holds:this.revision,operations:e};this.isAttached&&this.setStateValue("outbox",r)}turn(e){if(!this.data.turns.includes(
e)){this.say(this.words[`no_turn_${e}`]);return}this.inspector.finishMemo(),this.waitingTurn=this.outbox.size>0?e:null,this.
waitingTurn===null&&this.setStateValue("turn",{to:e,sent:Date.now()})}perform(e){let t=re(e,this.codings);this.refusal="",
this.outbox.add(e,this.reversalFor(e)),this.redraw(),t!==null&&(this.done.push({operation:e.operation,back:t,forth:re(e,
this.codings)}),this.undone=[]),this.tell("trigpoint:painted",[e.operation])}reversalFor({type:e}){if(e!=="undo"&&e!=="r\
edo")return{};let[t,n]=e==="undo"?[this.done,this.undone]:[this.undone,this.done],i=t.pop();return i===void 0?{}:(n.push(
i),{reversal:e==="undo"?i.back:i.forth})}refuseReadOnly(){return this.data.read_only?(this.say(this.data.reason_read_only||
this.words.read_only),!0):!1}canChange(e){return e.mine&&!this.data.read_only}apply(e,t,n){if(this.refuseReadOnly())return;
this.recent.use(e.key),this.lastUsed={code:e,valence:t};let i=[...this.codings.values()].find(a=>a.mine&&a.code===e.key&&
a.start===n.start&&a.end===n.end);if(i!==void 0){this.choose(i.id),i.valence===t?this.say(c(this.words.said_already,{code:e.
label})):this.change(i,{valence:t});return}let r=x();this.shownCode=null;let s={coder:this.data.person,memo:"",mine:!0,detail:w};
this.selected={id:r,...n,code:e.key,valence:t,...s},this.perform({operation:r,type:"apply",start:n.start,end:n.end,code:e.
key,valence:t}),this.say(c(this.words.said_coded,{code:this.book.spoken({code:e.key,valence:t})}))}applyNew(e,t,n){if(this.
refuseReadOnly())return;let{start:i,end:r}=n;this.shownCode=null,this.perform({operation:x(),type:"apply",start:i,end:r,
code:e.label,valence:t,new_code:e}),this.say(c(this.words.said_coded,{code:e.label}))}change(e,t){if(!this.canChange(e))
return;let n=t.code!==void 0&&t.code!==e.code?{code:t.code}:{},i=t.valence!==void 0&&t.valence!==e.valence?{valence:t.valence}:
{};if(Object.keys({...n,...i}).length===0)return;this.perform({operation:x(),type:"change",coding:e.id,...n,...i});let r=this.
codings.get(e.id)??e;this.say(c(this.words.said_changed,{code:this.book.spoken(r)}))}resize(e,t){!this.canChange(e)||t.start===
e.start&&t.end===e.end||(this.perform({operation:x(),type:"resize",coding:e.id,start:t.start,end:t.end}),this.say(c(this.
words.said_resized,{quote:Z(this.view.text.slice(t))})))}fit(){let{selected:e,span:t}=this;e===null?this.say(this.words.
said_no_coding):t===null?this.take(e):this.resize(e,t)}pull(e,t){let{selected:n}=this;if(n===null)return;let i={start:n.
start,end:n.end,[e]:t};this.pulled=i.start<i.end?this.view.text.trim(i):null,this.view.highlights.hold(this.view.text,this.
pulled)}drop(){let{selected:e,pulled:t}=this;this.pulled=null,this.view.highlights.hold(this.view.text,null),e!==null&&t!==
null&&this.resize(e,t),this.showSelected()}setDetail(e,t){let n=this.codings.get(e.id);n===void 0||!this.canChange(n)||(this.
perform({operation:x(),type:"detail",coding:e.id,...t}),this.say(this.words.said_attributes))}setMemo(e,t){let n=this.codings.
get(e.id);n===void 0||!this.canChange(n)||n.memo===t||(this.perform({operation:x(),type:"memo",coding:e.id,text:t}),this.
say(this.words.said_memo))}retire(e){this.canChange(e)&&(this.selected=null,this.perform({operation:x(),type:"retire",coding:e.
id}),this.view.scroller.focus({preventScroll:!0}),this.say(c(this.words.said_retired,{code:this.book.spoken(e)})))}turnBack(e){
this.refuseReadOnly()||(this.inspector.finishMemo(),this.perform({operation:x(),type:e}),this.say(e==="undo"?this.words.
said_undone:this.words.said_redone))}copy(e){be(this.citation(e)).then(t=>this.say(t?this.words.said_copied:this.words.said_not_copied))}citation(e){
let{speaker:t,seconds:n}=this.view.voiceAt(e.start),{title:i}=this.data.document,r=c(this.words.place,{start:e.start,end:e.
end}),s=[i,t,n===null?"":le(n),r].filter(d=>d!==""),a=`${e.code} ${v(e.valence)}`.trimEnd();return`“${this.view.text.slice(
e)}” (${s.join(", ")}) [${a}]`}inOrder(){return this.ordered??=[...this.shown.values()].sort((e,t)=>e.start-t.start||t.
end-e.end||(e.id<t.id?-1:1)),this.ordered}choose(e){this.inspector.finishMemo(),this.selected=e===null?null:this.codings.
get(e)??null,this.shownCode=null,this.showSelected()}point(e){e!==this.pointed&&(this.pointed=e,this.showSelected())}chooseCode(e){
let t=this.view.selectedSpan();if(t!==null&&!this.data.read_only){this.codeButton.hidden=!0,this.apply(e,null,t);return}
this.selected=null,this.shownCode=e,this.showSelected()}codingsAt(e){return[...this.shown.values()].filter(({start:t,end:n})=>t<=
e&&e<n).sort((t,n)=>t.end-t.start-(n.end-n.start)||(t.id<n.id?-1:1))}pointAt(e){e.buttons!==0||this.pointerFrame!==0||e.
target instanceof HTMLElement&&e.target.dataset.coding!==void 0||(this.pointerFrame=requestAnimationFrame(()=>{this.pointerFrame=
0;let t=this.view.codePointUnder(e.clientX,e.clientY);this.point(t===null?null:this.codingsAt(t)[0]?.id??null)}))}pressed(e){
if(e.target===this.codeButton||e.button!==0)return;this.codeButton.hidden=!0,e.target instanceof Element&&e.target.closest(
".tp-words")!==null&&e.detail===1&&!e.shiftKey&&document.getSelection()?.removeAllRanges()}clickedText(e){if(e.target instanceof
HTMLElement&&e.target.closest(".tp-stripes, .tp-code-button")!==null||this.view.selectedSpan()!==null)return;let t=this.
view.codePointUnder(e.clientX,e.clientY),n=t===null?[]:this.codingsAt(t),i=n.findIndex(({id:r})=>r===this.selected?.id);
this.choose(n[(i+1)%Math.max(1,n.length)]?.id??null)}noteSelection(){this.palette.isOpen||!this.isAttached||this.walk===
null||(this.span=this.view.selectedSpan(),this.root.dataset.selection=this.span===null?"":`${this.span.start}-${this.span.
end}`,this.span===null&&(this.codeButton.hidden=!0))}offerCode(){if(this.noteSelection(),this.span?.start===this.spanBefore?.
start&&this.span?.end===this.spanBefore?.end||this.span===null||this.data.read_only||this.palette.isOpen||document.activeElement!==
this.view.scroller)return;let{scroller:e}=this.view,t=this.view.rectangle(this.span),n=e.getBoundingClientRect();this.codeButton.
style.top=`${t.bottom-n.top+e.scrollTop+4}px`,this.codeButton.style.left=`${Math.min(t.right,n.right-90)-n.left}px`,this.
codeButton.hidden=!1}openPalette(){let e=this.view.selectedSpan()??this.span;if(e===null){this.selected!==null&&this.canChange(
this.selected)?this.openPaletteToChange(this.selected):this.say(this.words.said_nothing_selected);return}this.refuseReadOnly()||
(this.codeButton.hidden=!0,this.span=e,this.view.highlights.hold(this.view.text,e),this.palette.open({title:c(this.words.
code_selection,{quote:Z(this.view.text.slice(e))}),valence:null,recent:this.recent.keys,choose:(t,n)=>this.apply(t,n,e),
propose:this.data.can_propose?(t,n)=>this.applyNew(t,n,e):null,words:this.view.text.slice(e),closed:()=>this.closedPalette(
e)},this.root.getBoundingClientRect(),this.view.rectangle(e)))}openPaletteToChange(e){this.canChange(e)&&this.palette.open(
{title:c(this.words.change_code_of,{code:this.book.label(e.code)}),valence:e.valence,recent:this.recent.keys,choose:(t,n)=>{
this.recent.use(t.key),this.change(this.selected??e,{code:t.key,valence:n})},propose:null,words:"",closed:()=>this.closedPalette(
null)},this.root.getBoundingClientRect(),this.view.rectangle(e))}closedPalette(e){this.view.highlights.hold(this.view.text,
null),this.view.scroller.focus({preventScroll:!0}),e!==null&&this.view.select(e),this.noteSelection()}key(e){if(!e.ctrlKey&&
!e.metaKey&&!e.altKey&&(e.key.length===1||e.key==="Enter")&&e.stopPropagation(),this.walk===null||e.defaultPrevented||e.
isComposing||ce(e.target)||e.target instanceof HTMLButtonElement&&e.key==="Enter")return;let i=_e(e);i!==null&&(e.preventDefault(),
this.noteSelection(),this.obey(i))}obey(e){switch(e.name){case"walk":return this.step(e.unit,e.step,e.extend);case"uncod\
ed":return this.stepUncoded(e.step);case"hit":return this.stepHit(e.step);case"find":return this.bar.focusSearch();case"\
valence":return this.setValence(e.valence);case"attributes":return this.inspector.editDetails();case"fit":return this.fit();case"\
copy":return this.selected===null?this.say(this.words.said_no_coding):this.copy(this.selected);case"stripes":return this.
toggleStripes();case"filter":return this.filterSheet.toggle();case"turn":return this.turn(e.to);case"coding":return this.
stepCoding(e.step);case"palette":return this.openPalette();case"recent":return this.applyRecent(e.index);case"repeat":return this.
repeat();case"retire":return this.selected===null?void 0:this.retire(this.selected);case"memo":return this.inspector.editMemo();case"\
undo":case"redo":return this.turnBack(e.name);case"help":return this.help.toggle(this.view.scroller);case"escape":return this.
escape()}}step(e,t,n){let i=this.view.caret(),r=i!==null&&this.view.isVisible(i)?i:this.view.firstVisible(),s=this.walk.
step(e,t,n,this.span,r);s!==null&&this.take(s)}take(e){this.codeButton.hidden=!0,this.backToText(),this.view.select(e),this.
view.reveal(e),this.noteSelection(),this.say(Z(this.view.text.slice(e)))}stepUncoded(e){let t=this.view.firstVisible(),n=this.
span??{start:t,end:t},i=[...this.codings.values()].filter(({mine:s})=>s).sort((s,a)=>s.start-a.start),r=Ue(this.walk.turns,
i,n,e);r===null?this.say(this.words.said_all_coded):this.take(r)}setValence(e){this.selected===null?this.say(this.words.
said_no_coding):this.change(this.selected,{valence:this.selected.valence===e?null:e})}stepCoding(e){let t=this.inOrder(),
{selected:n,span:i}=this,r=n!==null&&(i===null||i.start<n.end&&i.end>n.start),s=(r?n:i)?.start??this.view.firstVisible(),
a=r?t.findIndex(({id:h})=>h===n.id):-1,d=a!==-1?t[a+e]:e===1?t.find(({start:h})=>h>=s):t.findLast(({start:h})=>h<s);if(d===
void 0)return;this.choose(d.id),this.view.select({start:d.start,end:d.start}),this.view.reveal(d);let p=this.book.spoken(
d);this.say(c(this.words.said_selected,{coding:p,quote:Z(this.view.text.slice(d))}))}applyRecent(e){let t=this.book.code(
this.recent.keys[e]??"");this.span===null?this.say(this.words.said_nothing_selected):t!==void 0&&this.apply(t,null,this.
span)}repeat(){this.span===null?this.say(this.words.said_nothing_selected):this.lastUsed!==null&&this.apply(this.lastUsed.
code,this.lastUsed.valence,this.span)}escape(){this.codeButton.hidden=!0,this.span!==null?document.getSelection()?.collapseToStart():
(this.selected!==null||this.shownCode!==null)&&this.choose(null),this.noteSelection()}};function Z(o){let e=o.replace(/\s+/g,
" ");return e.length<=90?e:`${e.slice(0,60)} … ${e.slice(-24)}`}function x(){let o=crypto.getRandomValues(new Uint8Array(
16));o[6]=o[6]&15|64,o[8]=o[8]&63|128;let e=Array.from(o,t=>t.toString(16).padStart(2,"0")).join("");return[e.slice(0,8),
e.slice(8,12),e.slice(12,16),e.slice(16,20),e.slice(20)].join("-")}var St=1500,X=new WeakMap,pe=window.trigpointParked??=new Map;function Ct({document:o,person:e}){return JSON.stringify([
o.id,o.version,e])}function he(o){let e=pe.get(o);return e===void 0?null:(clearTimeout(e.giveUp),pe.delete(o),e.reader)}
function qe(o,e){e.detach(),he(o)?.destroy();let t=setTimeout(()=>he(o)?.destroy(),St);pe.set(o,{reader:e,giveUp:t})}function Et({
data:o,parentElement:e,setStateValue:t}){let n=Ct(o),i=X.get(e);if(i!==void 0&&i.identity!==n&&(qe(i.identity,i.reader),
i.reader.root.remove(),i=void 0),i===void 0){let s=he(n)??new Q(o,t);i={reader:s,identity:n},X.set(e,i),s.attach(e)}let{
reader:r}=i;return r.update(o,t),()=>{X.get(e)?.reader===r&&(X.delete(e),qe(n,r))}}function Tt(){window.trigpointReader=
Et,window.dispatchEvent(new CustomEvent("trigpoint:program"))}export{Tt as default};
