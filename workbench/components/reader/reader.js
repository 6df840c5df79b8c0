// sources sha256 4b2f0934fb0b7577f00621e1fab11346165a75804dfa1eae3a7e68b684608980; made by "npm run build" from src/, do not edit
var I={INN:{light:"#2B70C6",dark:"#8091E1"},PRO:{light:"#1A7254",dark:"#5FB88C"},PAT:{light:"#AA5113",dark:"#AD800A"},SOC:{
light:"#4D2060",dark:"#E5459F"},ORG:{light:"#1C6276",dark:"#BCDDF3"},ECO:{light:"#131ACA",dark:"#BDD963"},IMP:{light:"#1\
73A34",dark:"#7BECC5"}},be={light:"#0B625E",dark:"#6CCDC2"},K={light:"#5A6068",dark:"#A3A9B0"},y=class{slots=new Map;pairs=[];constructor(e){
let t=[...new Set(e.map(o=>o.level))],n=Object.keys(I).filter(o=>!t.includes(o)),i=0;for(let o of t){let s=I[o]??I[n[i++%
Math.max(1,n.length)]??""];this.slots.set(o,this.pairs.push(s??K)-1)}this.pairs.push(K)}get count(){return this.pairs.length}slot(e){
return this.slots.get(e??"")??this.pairs.length-1}setVariables(e,t){this.pairs.forEach((n,i)=>e.style.setProperty(`--lev\
el-${i}`,n[t]))}highlightRules(e,t){let n=this.pairs.map((o,s)=>{let d=o[t],l=`background-color:${d}29;text-decoration:u\
nderline 2px ${d};text-underline-offset:3px`;return`::highlight(${e}-${s}){${l}}
::highlight(${e}-${s}-strong){background-color:${d}30}`}),i=be[t];return n.push(`::highlight(${e}-furniture){color:${K[t]}\
}`),n.push(`::highlight(${e}-held){background-color:${i}3d}`),n.push(`::highlight(${e}-flash){background-color:${i}3d;te\
xt-decoration:underline 2px ${i}}`),n.join(`
`)}};function w(r){let e=getComputedStyle(r).backgroundColor.match(/[\d.]+/g)?.map(Number)??[],[t=255,n=255,i=255,o=1]=e;
return o===0?"light":.2126*t+.7152*n+.0722*i<128?"dark":"light"}function J(r){let e=document.createElement("i");return e.
className="tp-probe",e.setAttribute("aria-hidden","true"),e.addEventListener("transitionend",()=>r(w(e))),e}function x(r){return r.normalize("NFD").replace(/\p{M}/gu,"").toLowerCase()}var W={"+":"facilitator","-":"barrier","−":"\
barrier","±":"mixed","·":"neutral"};function Q(r){let e=r.trim(),t=null;e.startsWith("+-")||e.startsWith("-+")?(t="mix\
ed",e=e.slice(2)):e!==""&&W[e[0]]!==void 0&&(t=W[e[0]],e=e.slice(1));let n=/\s([+\-−±·])$/.exec(e);return n!==null&&
(t=W[n[1]],e=e.slice(0,n.index)),{words:x(e).split(/\s+/).filter(i=>i!==""),valence:t}}function ye(r,e){return r.label.startsWith(
e)?9:r.key.startsWith(e)?8:r.label.includes(` ${e}`)?7:r.key.includes(e)?6:r.label.includes(e)?5:r.all.includes(` ${e}`)?
3:r.all.includes(e)?1:0}var k=class{entries;constructor(e){let t=new Map(e.map(n=>[n.key,n.label]));this.entries=e.map(n=>({
code:n,key:x(n.key),label:x(n.label),all:` ${x(`${n.search} ${t.get(n.level)??""}`)}`}))}find(e,t){let n=this.entries.flatMap(
(i,o)=>{let s=e.map(l=>ye(i,l));if(s.includes(0))return[];let d=s.reduce((l,p)=>l+p,0)+(t.includes(i.code.key)?.5:0);return[
{code:i.code,total:d,position:o}]});return n.sort((i,o)=>o.total-i.total||i.position-o.position),n.map(i=>i.code)}};var g=[null,"facilitator","barrier","mixed","neutral"],we={facilitator:"+",barrier:"−",mixed:"±",neutral:"·"};function m(r){
return r===null?"":we[r]}var C=class{codes;words;colours;search;byKey;constructor(e){this.codes=e.codes,this.words=e.words,
this.colours=new y(e.codes),this.search=new k(e.codes),this.byKey=new Map(e.codes.map(t=>[t.key,t]))}code(e){return this.
byKey.get(e)}label(e){return this.byKey.get(e)?.label??e}slot(e){return this.colours.slot(this.byKey.get(e)?.level)}colour(e){
return`var(--level-${this.slot(e)})`}depth(e){let t=0;for(let n=e.parent;n!==null&&t<9;t+=1)n=this.byKey.get(n)?.parent??
null;return t}hasChildren(e){return this.codes.some(t=>t.parent===e)}valenceWord(e){return this.words[`valence_${e??"non\
e"}`]}spoken(e){let t=this.label(e.code);return e.valence===null?t:`${t}, ${this.valenceWord(e.valence)}`}};function a(r,e="",t=""){let n=document.createElement(r);return e!==""&&(n.className=e),t!==""&&(n.textContent=t),n}function u(r,e,t){
let n=a("button",r,e);return n.type="button",n.addEventListener("click",t),n}function f(r){r.addEventListener("pointerdo\
wn",e=>e.preventDefault()),r.addEventListener("mousedown",e=>e.preventDefault())}function S(r){if(document.hidden){setTimeout(
r);return}requestAnimationFrame(()=>{let e=new MessageChannel;e.port1.onmessage=()=>{e.port1.close(),r()},e.port2.postMessage(
null)})}function Y(r){return r instanceof HTMLInputElement||r instanceof HTMLTextAreaElement}function h(r,e){return r.replace(/\{(\w+)\}/g,(t,n)=>String(e[n]??t))}var X=420,E=class{constructor(e){this.events=e}events;element=a("aside","tp-inspector");shown="";memo=null;coding=null;book;setBook(e){
this.book=e,this.shown="",this.element.setAttribute("aria-label",e.words.coding)}showNothing(e){let{nothing_selected:t,nothing_selected_read_only:n}=this.
book.words,i=e?n:t;this.replace(i,()=>[a("p","tp-empty",i)])}showCode(e,t){this.replace(`code ${e.key} ${t}`,()=>[this.heading(
e.key),a("p","tp-soft",h(this.book.words.codings_of_code,{n:t})),...this.definition(e)])}showCoding(e){let{coding:t,quote:n,
alsoHere:i,canChange:o}=e,d=this.memo!==null&&this.coding?.id===t.id&&document.activeElement===this.memo?this.coding.memo:
t.memo,l=i.map(c=>[c.id,c.code,c.valence]),p=JSON.stringify([t.id,t.code,t.valence,d,t.coder,o,l]);this.replace(p,()=>this.
describe(t,n,i,o)),this.coding=t}editMemo(){this.memo?.focus()}finishMemo(){if(this.memo===null||this.coding===null)return;
let e=this.memo.value.trim();e!==this.coding.memo&&this.events.setMemo(this.coding,e)}replace(e,t){e!==this.shown&&(this.
finishMemo(),this.shown=e,this.memo=null,this.coding=null,this.element.replaceChildren(...t()))}describe(e,t,n,i){let o=t.
length>X?`${t.slice(0,X)} …`:t,s=a("blockquote","tp-quote",o);s.dir="auto";let d=[this.heading(e.code),this.valence(e,
i),s];d.push(a("p","tp-soft",h(this.book.words.coder,{coder:e.coder}))),d.push(...this.memoOf(e,i)),i&&d.push(this.buttons(
e)),n.length>0&&d.push(this.others(n));let l=this.book.code(e.code);return l!==void 0&&d.push(...this.definition(l)),d}heading(e){
let t=a("h3","tp-coding-code");return t.style.setProperty("--level",this.book.colour(e)),t.append(a("i","tp-swatch"),a("\
span","",this.book.label(e)),a("span","tp-key",e)),t}valence(e,t){if(!t){let i=m(e.valence);return a("p","tp-valence",`${i}\
 ${this.book.valenceWord(e.valence)}`.trim())}let n=a("div","tp-chips");n.setAttribute("role","radiogroup"),n.setAttribute(
"aria-label",this.book.words.valence);for(let i of g){let o=u("tp-chip","",()=>this.events.setValence(e,i));o.append(a("\
b","",m(i)),a("span","",this.book.valenceWord(i))),o.setAttribute("role","radio"),o.setAttribute("aria-checked",String(i===
e.valence)),f(o),n.append(o)}return n}memoOf(e,t){if(!t)return e.memo===""?[]:[a("p","tp-memo-text",e.memo)];let n=a("la\
bel","tp-memo"),i=a("textarea");return i.value=e.memo,i.rows=4,i.placeholder=this.book.words.memo_placeholder,i.addEventListener(
"blur",()=>this.finishMemo()),i.addEventListener("keydown",o=>{o.stopPropagation(),(o.key==="Escape"||o.key==="Enter"&&(o.
ctrlKey||o.metaKey))&&(o.preventDefault(),this.events.leave())}),n.append(a("span","",this.book.words.memo),i),this.memo=
i,[n]}buttons(e){let t=a("div","tp-buttons"),n=u("tp-button",this.book.words.change_code,()=>this.events.changeCode(e)),
i=u("tp-button",this.book.words.retire,()=>this.events.retire(e));return f(n),t.append(n,i),t}others(e){let t=a("section",
"tp-also");t.append(a("h4","",this.book.words.also_here));for(let n of e){let i=`${this.book.label(n.code)} ${m(n.valence)}`.
trimEnd(),o=u("tp-other","",()=>this.events.choose(n.id));o.style.setProperty("--level",this.book.colour(n.code)),o.append(
a("i","tp-swatch"),a("span","",i),a("span","tp-soft",n.coder)),t.append(o)}return t}definition(e){let t=[[this.book.words.
definition,e.definition],[this.book.words.include,e.include],[this.book.words.exclude,e.exclude]],n=a("dl","tp-definitio\
n");for(let[i,o]of t)o!==""&&n.append(a("dt","",i),a("dd","",o));return n.childElementCount===0?[]:[n]}};var M=class{element=a("div","tp-help");back=null;constructor(){this.element.hidden=!0,this.element.tabIndex=-1,this.element.
setAttribute("role","dialog"),this.element.addEventListener("keydown",e=>{e.stopPropagation(),(e.key==="Escape"||e.key===
"?")&&this.close()})}setBook({words:e}){let t=[["j  k",e.key_sentence],["J  K   ⇧←→",e.key_extend],["Enter  c",e.key_palette],
["⇧Enter",e.key_apply_more],["Tab   + − ±   Alt 1–4",e.key_valence],["1 – 9",e.key_recent],[".",e.key_repeat],[
"n  p",e.key_next],["m",e.key_memo],["Delete",e.key_retire],["Ctrl Z",e.key_undo],["Esc",e.key_escape],["?",e.key_help]],
n=a("dl");for(let[i,o]of t){let s=a("dt");s.append(a("kbd","",i)),n.append(s,a("dd","",o))}this.element.setAttribute("ar\
ia-label",e.keys),this.element.replaceChildren(a("h3","",e.keys),n,u("tp-button",e.close,()=>this.close()))}toggle(e){if(!this.
element.hidden){this.close();return}this.back=e,this.element.hidden=!1,this.element.focus({preventScroll:!0})}close(){this.
element.hidden=!0,this.back?.focus({preventScroll:!0})}};function xe({key:r,code:e}){return/^[a-z]$/i.test(r)?r.toLowerCase():r.length===1&&r.codePointAt(0)>591&&e.startsWith("K\
ey")?e.slice(3).toLowerCase():""}function Z(r){return r.shiftKey||/^[A-Z]$/.test(r.key)&&r.getModifierState?.("CapsLock")!==
!0}function ee(r){let e=xe(r);if(r.ctrlKey||r.metaKey)return e==="z"&&!r.shiftKey&&!r.altKey?{name:"undo"}:null;if(r.altKey)
return null;let t=/^(?:Digit|Numpad)([1-9])$/.exec(r.code);if(t!==null)return{name:"recent",index:Number(t[1])-1};switch(r.
key){case"Enter":return{name:"palette"};case".":return{name:"repeat"};case"?":return{name:"help"};case"Delete":case"Back\
space":return{name:"retire"};case"Escape":return{name:"escape"}}switch(e){case"j":return{name:"sentence",step:1,extend:Z(
r)};case"k":return{name:"sentence",step:-1,extend:Z(r)};case"c":return{name:"palette"};case"m":return{name:"memo"};case"\
n":return{name:"coding",step:1};case"p":return{name:"coding",step:-1}}return null}var T=class{constructor(e,t,n,i){this.storage=e;this.person=t;this.prefix=`${te(t)}${encodeURIComponent(n)}/${encodeURIComponent(
i)}/`}storage;person;prefix;all(){return this.names().filter(t=>t.startsWith(this.prefix)).map(t=>JSON.parse(this.storage.
getItem(t)??"null")).filter(t=>t!==null).sort((t,n)=>t.made-n.made)}elsewhere(){let e=te(this.person);return this.names().
filter(t=>t.startsWith(e)&&!t.startsWith(this.prefix)).length}put(e){try{this.storage.setItem(this.prefix+e.operation.operation,
JSON.stringify(e))}catch{}}remove(e){this.storage.removeItem(this.prefix+e)}names(){return Array.from({length:this.storage.
length},(e,t)=>this.storage.key(t)??"")}};function te(r){return`trigpoint/waiting/${encodeURIComponent(r)}/`}var A=class{constructor(e,t,n){
this.drawer=e;this.deliver=t;this.changed=n;for(let i of e.all())this.waiting.set(i.operation.operation,i);this.lastMade=
Math.max(0,...Array.from(this.waiting.values(),i=>i.made))}drawer;deliver;changed;waiting=new Map;underWay=new Set;timer=null;unanswered=0;lastMade=0;get size(){
return this.waiting.size}get isStuck(){return this.unanswered>=2}kept(){return this.waiting.values()}add(e,t={}){this.lastMade=
Math.max(this.lastMade+1,Date.now());let n={operation:e,made:this.lastMade,...t};this.waiting.set(e.operation,n),this.drawer.
put(n),this.flush()}settle(e,t){let n={acked:e.filter(i=>this.waiting.has(i)),refused:t.flatMap(({operation:i,reason:o})=>{
let s=this.waiting.get(i);return s===void 0?[]:[{kept:s,reason:o}]})};for(let i of n.acked)this.close(i);for(let{kept:i}of n.
refused)this.close(i.operation.operation);return n.acked.length+n.refused.length>0&&(this.unanswered=0),this.underWay.size===
0&&(this.stopWaiting(),this.flush()),n}flush(){if(this.waiting.size===0||this.timer!==null)return;this.underWay=new Set(
this.waiting.keys());let e=Math.min(4e3*2**this.unanswered,32e3);this.timer=setTimeout(()=>this.sendAgain(),e),this.deliver(
Array.from(this.waiting.values(),t=>t.operation))}stopWaiting(){this.timer!==null&&clearTimeout(this.timer),this.timer=null,
this.underWay.clear()}sendAgain(){this.unanswered+=1,this.stopWaiting(),this.flush(),this.changed()}close(e){this.waiting.
delete(e),this.underWay.delete(e),this.drawer.remove(e)}};var ke=0,_=class{element=a("div","tp-palette");input=a("input","tp-palette-input");title=a("div","tp-palette-title");chips=a(
"div","tp-chips");list=a("div","tp-options");about=a("div","tp-palette-about");hint=a("div","tp-palette-hint");id=`tp-pa\
lette-${ke+=1}`;options=[];active=-1;picked=null;task=null;book;constructor(){this.element.hidden=!0,this.element.dataset.
trigpoint="palette",this.element.setAttribute("role","dialog"),this.input.type="text",this.input.spellcheck=!1,this.input.
autocomplete="off",this.input.setAttribute("role","combobox"),this.input.setAttribute("aria-autocomplete","list"),this.input.
setAttribute("aria-expanded","true"),this.input.setAttribute("aria-controls",`${this.id}-list`),this.list.id=`${this.id}\
-list`,this.list.setAttribute("role","listbox"),this.chips.setAttribute("role","radiogroup"),this.element.append(this.title,
this.input,this.chips,this.list,this.about,this.hint),this.input.addEventListener("input",()=>this.search()),this.input.
addEventListener("keydown",e=>this.key(e)),f(this.list),this.element.addEventListener("focusout",e=>{let t=e.relatedTarget;
t instanceof Node&&!this.element.contains(t)&&this.close()})}get isOpen(){return this.task!==null}setBook(e){this.book=e;
let{words:t}=e;this.input.placeholder=t.search_codes,this.list.setAttribute("aria-label",t.codes),this.chips.setAttribute(
"aria-label",t.valence),this.hint.textContent=t.palette_hint,this.chips.replaceChildren(...g.map(n=>{let i=u("tp-chip","",
()=>this.pick(n));return i.append(a("b","",m(n)),a("span","",e.valenceWord(n))),i.setAttribute("role","radio"),i.tabIndex=
-1,f(i),i}))}open(e,t,n){this.task=e,this.title.textContent=e.title,this.element.setAttribute("aria-label",e.title),this.
input.setAttribute("aria-label",e.title),this.input.value="",this.pick(e.valence),this.search(),this.element.hidden=!1,this.
place(t,n),this.input.focus({preventScroll:!0})}place(e,t){let{offsetWidth:n,offsetHeight:i}=this.element,o=t.bottom-e.top+
8,s=t.top-e.top-i-8,d=o+i<=e.height-8||s<8?o:s,l=Math.min(Math.max(8,t.left-e.left),Math.max(8,e.width-n-8));this.element.
style.top=`${Math.min(Math.max(8,d),Math.max(8,e.height-i-8))}px`,this.element.style.left=`${l}px`}close(){let e=this.task;
e!==null&&(this.task=null,this.element.hidden=!0,e.closed())}search(){let e=Q(this.input.value);e.valence!==null&&this.pick(
e.valence),this.options=e.words.length===0?this.browse():this.find(e.words);let t=e.words.length>0||this.options[0]?.digit===
1;this.active=t&&this.options.length>0?0:-1,this.draw(e.words.length===0)}browse(){return[...(this.task?.recent??[]).flatMap(
t=>this.book.code(t)??[]).map((t,n)=>({code:t,digit:n+1})),...this.book.codes.map(t=>({code:t,digit:null}))]}find(e){return this.
book.search.find(e,this.task?.recent??[]).slice(0,60).map(t=>({code:t,digit:null}))}draw(e){let t=[];this.options.forEach(
(n,i)=>{e&&i===0&&n.digit===1&&t.push(a("div","tp-options-head",this.book.words.recent)),e&&i>0&&n.digit===null&&this.options[i-
1].digit!==null&&t.push(a("div","tp-options-head",this.book.words.codes)),t.push(this.option(n,i,e))}),this.options.length===
0&&t.push(a("div","tp-options-head",this.book.words.no_code_found));for(let n of t)n.className==="tp-options-head"&&n.setAttribute(
"role","presentation");this.list.replaceChildren(...t),this.list.scrollTop=0,this.mark()}option({code:e,digit:t},n,i){let o=a(
"div","tp-option");return o.id=`${this.id}-${n}`,o.dataset.code=e.key,o.setAttribute("role","option"),o.style.setProperty(
"--level",this.book.colour(e.key)),i&&t===null&&o.style.setProperty("--depth",String(this.book.depth(e))),o.classList.toggle(
"tp-option-level",this.book.hasChildren(e.key)),o.append(a("i","tp-swatch"),a("span","tp-option-label",e.label),a("span",
"tp-key",e.key)),t!==null&&o.append(a("kbd","",String(t))),o.addEventListener("click",s=>{this.active=n,this.choose(s.shiftKey)}),
o.addEventListener("pointermove",()=>{this.active!==n&&(this.active=n,this.mark())}),o}mark(){for(let t of this.list.querySelectorAll(
".tp-option"))t.setAttribute("aria-selected",String(t.id===`${this.id}-${this.active}`));let e=this.options[this.active];
e===void 0?this.input.removeAttribute("aria-activedescendant"):this.input.setAttribute("aria-activedescendant",`${this.id}\
-${this.active}`),this.about.textContent=e?.code.definition??""}move(e){let t=this.options.length;t!==0&&(this.active=this.
active===-1?e>0?0:t-1:(this.active+e+t)%t,this.mark(),this.showActive())}showActive(){let e=this.list.querySelector('[ar\
ia-selected="true"]');if(e===null)return;let{offsetTop:t,offsetHeight:n}=e,{scrollTop:i,clientHeight:o}=this.list;t<i?this.
list.scrollTop=t:t+n>i+o&&(this.list.scrollTop=t+n-o)}pick(e){this.picked=e,[...this.chips.children].forEach((t,n)=>{t.setAttribute(
"aria-checked",String(g[n]===e))})}cycle(e){let t=g.indexOf(this.picked)+e;this.pick(g[(t+g.length)%g.length]??null)}choose(e){
let t=this.options[this.active];if(!(t===void 0||this.task===null)){if(this.task.choose(t.code,this.picked,e),!e){this.close();
return}this.input.value="",this.pick(null),this.search()}}key(e){e.stopPropagation();let t=/^(?:Digit|Numpad)([0-4])$/.exec(
e.code);if(e.altKey&&t!==null){e.preventDefault(),this.pick(g[Number(t[1])]??null);return}let n=this.actionFor(e);n!==null&&
(e.preventDefault(),n())}actionFor(e){if(e.isComposing)return null;switch(e.key){case"ArrowDown":return()=>this.move(1);case"\
ArrowUp":return()=>this.move(-1);case"PageDown":return()=>this.move(8);case"PageUp":return()=>this.move(-8);case"Enter":
return()=>this.choose(e.shiftKey);case"Tab":return()=>this.cycle(e.shiftKey?-1:1);case"Escape":return()=>this.close();default:
return null}}};var R=class{constructor(e,t){this.storage=e;this.name=`trigpoint/recent/${encodeURIComponent(t)}`;let n=e?.getItem(this.
name)??"";this.keys=n.split(`
`).filter(i=>i!=="")}storage;name;keys=[];use(e){this.keys=[e,...this.keys.filter(t=>t!==e)].slice(0,9);try{this.storage?.
setItem(this.name,this.keys.join(`
`))}catch{}}};function ne(r,e){let[t,n,i,o,s,d,l,p]=r;return{id:t,start:n,end:i,code:o,coder:e[s]??"",valence:d,memo:l,mine:p===1}}function Ce(r,e,t){
let n=e.operation;if(n.type==="apply"){let{operation:o,start:s,end:d,code:l,valence:p}=n;r.has(o)||r.set(o,{id:o,start:s,
end:d,code:l,valence:p,coder:t,memo:"",mine:!0});return}if(n.type==="undo"){for(let s of e.reversal?.remove??[])r.delete(
s);let o=e.reversal?.restore??null;o!==null&&r.set(o.id,o);return}let i=r.get(n.coding);if(i!==void 0)if(n.type==="retir\
e")r.delete(i.id);else if(n.type==="memo")r.set(i.id,{...i,memo:n.text});else{let o=n.valence===void 0?i.valence:n.valence;
r.set(i.id,{...i,code:n.code??i.code,valence:o})}}function ie(r,e,t){let n=new Map(r.map(i=>[i.id,i]));for(let i of e)Ce(
n,i,t);return n}function oe(r,e){return r.type==="undo"?null:r.type==="apply"?{remove:[r.operation],restore:null}:{remove:[
r.coding,r.operation],restore:e.get(r.coding)??null}}function re(r,e,t){for(let n of t){let i=e.get(n);if(i!==void 0&&i.
start===r.start&&i.end===r.end)return i}for(let n of e.values())if(n.start===r.start&&n.end===r.end&&n.coder===r.coder&&
n.code===r.code)return n;return null}var se="trigpoint:shelf";function z(r){return window.trigpointShelf?.get(r)}var ae=`.tp-reader{--ground: #FBFAF7;--ground-2: #F1EFE8;--rule: #D9D5CA;--ink: #1E2226;--soft: #5A6068;--accent: #0B625\
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
ser-select:none;white-space:nowrap}.tp-soft{color:var(--soft);font-size:13px}.tp-key{color:var(--soft);font-size:12px;fo\
nt-variant-numeric:tabular-nums;white-space:nowrap}.tp-swatch{flex:none;width:4px;height:14px;background:var(--level)}.t\
p-reader kbd{font:12px var(--tp-sans);color:var(--soft);background:none;border:1px solid var(--rule);border-radius:3px;p\
adding:0 5px;white-space:pre}.tp-frame{display:grid;height:100%;grid-template:40px minmax(0,1fr) / 240px minmax(0,1fr) 2\
60px;grid-template-areas:"bar bar bar" "side text inspector"}.tp-frame.tp-no-tree{grid-template-columns:0 minmax(0,1fr) \
260px}.tp-no-tree .tp-side{display:none}.tp-bar-top{grid-area:bar;display:flex;align-items:center;gap:14px;border-bottom\
:1px solid var(--rule)}.tp-reader .tp-title{flex:1;min-width:0;font-size:14px;font-weight:600;overflow:hidden;text-overf\
low:ellipsis;white-space:nowrap}.tp-status{color:var(--soft);font-size:13px;font-variant-numeric:tabular-nums}.tp-status\
[data-state=refused],.tp-status[data-state=stuck]{color:var(--refusal)}.tp-button{min-height:28px;padding:2px 10px;backg\
round:none;border:1px solid var(--rule);border-radius:4px}.tp-button:hover{border-color:var(--accent);color:var(--accent\
)}.tp-quiet{border-color:transparent;color:var(--soft);padding:2px 8px;white-space:nowrap}.tp-side{grid-area:side;overfl\
ow:hidden auto;border-right:1px solid var(--rule);padding:8px 0;overscroll-behavior:contain}.tp-tree-row{display:flex;al\
ign-items:center;gap:7px;min-height:26px;padding:2px 12px 2px calc(2px + var(--depth) * 14px);cursor:pointer;line-height\
:1.3;user-select:none}.tp-tree-row[aria-level="1"]{font-weight:600}.tp-tree-row:not([aria-level="1"]) .tp-swatch{opacity\
:.55;width:2px}.tp-tree-row:hover,.tp-tree-row[aria-selected=true]{background:var(--ground-2)}.tp-tree-row[aria-selected\
=true]{box-shadow:inset 2px 0 var(--accent)}.tp-tree-label{flex:1;min-width:0;overflow-wrap:break-word}.tp-count{color:v\
ar(--soft);font-size:12px;font-weight:400;font-variant-numeric:tabular-nums}.tp-fold{width:14px;text-align:center;color:\
var(--soft);font-size:10px;flex:none}[aria-expanded=true]>.tp-fold::before{content:"\\25be"}[aria-expanded=false]>.tp-fol\
d::before{content:"\\25b8"}.tp-scroller{--stripes: minmax(126px, 1fr);grid-area:text;position:relative;overflow:hidden au\
to;overscroll-behavior:contain;padding:0 0 40vh;scrollbar-gutter:stable;scrollbar-width:thin;scrollbar-color:var(--rule)\
 transparent}.tp-scroller[data-grouped]{--stripes: minmax(calc(100px * var(--tp-groups, 1)), 1fr)}.tp-scroller:focus-vis\
ible{outline:none;box-shadow:inset 2px 0 var(--accent)}.tp-body{padding-top:20px}.tp-row,.tp-coders{display:grid;grid-te\
mplate-columns:104px minmax(0,var(--tp-measure, 640px)) var(--stripes);column-gap:18px}.tp-row{--above: 4px;position:rel\
ative;padding:var(--above) 0 4px;content-visibility:auto;contain-intrinsic-block-size:auto calc(var(--lines) * 27px + 8p\
x)}.tp-words{grid-column:2;font:17px/27px var(--tp-serif);white-space:pre-wrap;overflow-wrap:anywhere;cursor:text;hangin\
g-punctuation:first}.tp-words::selection{background:color-mix(in srgb,var(--accent) 26%,transparent)}.tp-blank{height:12\
px;padding:0;content-visibility:visible}.tp-heading{--above: 14px}.tp-heading .tp-words{font-weight:600;line-height:24px\
}.tp-heading[data-level="1"] .tp-words{font-size:21px;line-height:28px}.tp-heading[data-level="2"] .tp-words{font-size:1\
9px;line-height:26px}.tp-margin{grid-column:1;grid-row:1;display:flex;flex-direction:column;align-items:flex-end;padding\
:5px 0 0 4px;text-align:right;user-select:none;color:var(--soft);font-size:12px;line-height:1.35;min-width:0}.tp-speaker\
{font-variant-caps:all-small-caps;letter-spacing:.03em;font-size:13.5px;color:var(--ink);overflow-wrap:break-word;line-h\
eight:1.15;max-width:100%}.tp-time{font-variant-numeric:tabular-nums}.tp-stripes{grid-column:3;display:grid;grid-templat\
e-columns:repeat(var(--tp-groups, 1),minmax(0,1fr));user-select:none;margin:calc(-1 * var(--above)) 0 -4px}.tp-lanes{pos\
ition:relative;overflow:hidden}.tp-bar{position:absolute;width:7px;cursor:pointer}.tp-bar::before{content:"";position:ab\
solute;inset:0 3px 0 0;background:var(--level)}.tp-bar.tp-begins::before{border-top-left-radius:2px;border-top-right-rad\
ius:2px}.tp-bar.tp-ends::before{border-bottom-left-radius:2px;border-bottom-right-radius:2px}.tp-bar[data-strong]::befor\
e{inset:0 1px 0 -1px}.tp-label{position:absolute;height:15px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;c\
olor:var(--level);font-size:11.5px;line-height:15px;font-variant-numeric:tabular-nums;cursor:pointer}.tp-label:hover,.tp\
-label[data-strong]{font-weight:600;text-decoration:underline;text-underline-offset:2px}.tp-label-name{margin-left:8px;c\
olor:var(--soft);font-weight:400}.tp-scroller[data-grouped] .tp-label-name{display:none}.tp-more{color:var(--soft)}.tp-c\
oders{position:sticky;top:0;z-index:2;background:var(--ground);border-bottom:1px solid var(--rule);font-size:13px;font-w\
eight:600;line-height:28px}.tp-coder-names{display:grid;grid-template-columns:repeat(var(--tp-groups, 1),minmax(0,1fr))}\
.tp-coder-names span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.tp-code-button{position:absolute;z-index\
:3;min-height:28px;padding:2px 12px;user-select:none;border:0;border-radius:4px;box-shadow:var(--shadow)}.tp-reader .tp-\
code-button{background:var(--accent);color:var(--ground)}.tp-inspector{grid-area:inspector;overflow:hidden auto;border-l\
eft:1px solid var(--rule);padding:14px 4px 24px 16px;overscroll-behavior:contain}.tp-inspector>*+*{margin-top:12px!impor\
tant}.tp-empty{color:var(--soft);max-width:34em;white-space:pre-line}.tp-reader .tp-coding-code{display:flex;align-items\
:baseline;gap:8px;font-size:15px;font-weight:600;line-height:1.3}.tp-coding-code .tp-swatch{align-self:stretch;height:au\
to}.tp-coding-code .tp-key{margin-left:auto;font-weight:400}.tp-chips{display:flex;flex-wrap:wrap;gap:4px}.tp-chip{displ\
ay:inline-flex;gap:5px;align-items:center;min-height:26px;padding:0 9px;background:none;border:1px solid var(--rule);bor\
der-radius:4px;font-size:13px!important}.tp-chip b:empty{display:none}.tp-chip:hover{border-color:var(--soft)}.tp-chip[a\
ria-checked=true]{border-color:var(--accent);color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}.tp-reader .tp\
-quote{font:15px/1.5 var(--tp-serif);border-left:1px solid var(--rule);padding-left:10px;overflow-wrap:anywhere;white-sp\
ace:pre-line}.tp-memo{display:block}.tp-memo span{display:block;color:var(--soft);font-size:13px;margin-bottom:3px}.tp-m\
emo textarea{width:100%;resize:vertical;padding:7px 9px;font:14px/1.45 var(--tp-sans);color:inherit;background:var(--gro\
und);border:1px solid var(--rule);border-radius:4px}.tp-memo textarea::placeholder{color:var(--soft)}.tp-memo-text{white\
-space:pre-line}.tp-buttons{display:flex;flex-wrap:wrap;gap:8px}.tp-reader .tp-also h4{color:var(--soft);font-size:13px;\
margin-bottom:2px}.tp-other{display:flex;gap:8px;align-items:center;width:100%;min-height:26px;padding:2px 0;background:\
none;border:0;text-align:left}.tp-other span:last-child{margin-left:auto}.tp-other:hover span:not(.tp-soft){text-decorat\
ion:underline}.tp-definition{border-top:1px solid var(--rule);padding-top:10px!important;font-size:13px!important}.tp-de\
finition dt{color:var(--soft);font-weight:400;margin-top:6px}.tp-palette,.tp-help{position:absolute;z-index:10;backgroun\
d:var(--ground);border:1px solid var(--rule);border-radius:6px;box-shadow:var(--shadow)}.tp-palette{width:min(440px,calc\
(100% - 16px));padding:10px}.tp-palette-title{font:italic 13px/1.4 var(--tp-serif);color:var(--soft);margin-bottom:6px;o\
verflow:hidden;text-overflow:ellipsis;white-space:nowrap}.tp-palette-input{width:100%;min-height:34px;padding:4px 10px;f\
ont:15px var(--tp-sans);color:inherit;background:var(--ground);border:1px solid var(--accent);border-radius:4px}.tp-pale\
tte .tp-chips{margin:8px 0;flex-wrap:nowrap}.tp-palette .tp-chip{padding:0 7px}.tp-options{position:relative;max-height:\
238px;overflow:hidden auto;border-top:1px solid var(--rule);scrollbar-width:thin}.tp-options-head{color:var(--soft);font\
-size:12px;padding:6px 6px 2px}.tp-option{display:flex;align-items:center;gap:8px;min-height:26px;padding:2px 8px 2px ca\
lc(6px + var(--depth, 0) * 14px);border-radius:3px;cursor:pointer}.tp-option-level .tp-option-label{font-weight:600}.tp-\
option-label{flex:1;min-width:0}.tp-option[aria-selected=true]{background:var(--ground-2);box-shadow:inset 2px 0 var(--a\
ccent)}.tp-palette-about{border-top:1px solid var(--rule);padding:6px 6px 0;color:var(--soft);font-size:13px;line-height\
:1.4;height:44px;overflow:hidden}.tp-palette-hint{padding:6px 6px 0;color:var(--soft);font-size:12px}.tp-help{inset:52px\
 16px auto auto;width:min(460px,calc(100% - 32px));max-height:calc(100% - 64px);overflow:auto;padding:16px 18px}.tp-read\
er .tp-help h3{font-size:15px;font-weight:600}.tp-help dl{display:grid;grid-template-columns:auto 1fr;gap:6px 14px;margi\
n:12px 0!important}.tp-help dt{font-weight:400}@container reader (max-width: 1240px){.tp-label-name{display:none}.tp-fra\
me,.tp-frame.tp-no-tree{grid-template:40px minmax(0,1fr) min(200px,32%) / 220px minmax(0,1fr);grid-template-areas:"bar b\
ar" "side text" "side inspector"}.tp-frame.tp-no-tree{grid-template-columns:0 minmax(0,1fr)}.tp-inspector{border-left:0;\
border-top:1px solid var(--rule);padding:12px 16px;columns:2 300px;column-gap:28px}.tp-inspector>*{break-inside:avoid}}@\
container reader (max-width: 820px){.tp-frame,.tp-frame.tp-no-tree{grid-template-columns:minmax(0,1fr);grid-template-are\
as:"bar" "text" "inspector"}.tp-side{display:none}.tp-row,.tp-coders{grid-template-columns:56px minmax(0,1fr) 64px;colum\
n-gap:10px}.tp-scroller{--stripes: 64px}.tp-label:not(.tp-more){display:none}.tp-speaker{font-size:11px;letter-spacing:0\
}}@media(prefers-reduced-motion:no-preference){.tp-button,.tp-chip{transition:border-color 100ms,color 100ms}}@media(for\
ced-colors:active){.tp-swatch,.tp-bar::before{forced-color-adjust:none}}[class*=st-key-trigpoint-shelf]{position:absolut\
e;height:0;overflow:hidden}
`;function le(r,[e,,,,t,n]){let i=e==="heading"?/^#{1,6} +/.exec(r):null;if(i!==null)return i[0].length;if(t===null)return 0;
let o=n===null?0:/^[^\p{L}]*/u.exec(r)?.[0].length??0,s=r.slice(o),d=s.startsWith(t)?/^\s*(?:\([^)]*\)\s*)?:[ \t]*/.exec(
s.slice(t.length)):null;return d===null?0:[...r.slice(0,o+t.length+d[0].length)].length}var Ee=0,L=class{constructor(e){this.nodeOf=e;document.head.append(this.sheet)}nodeOf;isSupported=typeof Highlight<"u"&&
CSS.highlights!==void 0;space=`trigpoint-${Ee+=1}`;sheet=document.createElement("style");named=new Map;drawn=new Map;flashTimer=null;setColours(e,t){
this.sheet.textContent=this.isSupported?e.highlightRules(this.space,t):""}draw(e,t){if(this.erase(e),!this.isSupported||
t.length===0)return;let n=t.map(i=>{let o=this.get(String(i.slot),0),s=this.range(e,i);return o.add(s),{highlight:o,range:s}});
this.drawn.set(e,n)}dim(e,t){this.isSupported&&t>0&&this.get("furniture",0).add(this.range(e,{start:0,end:t}))}erase(e){
for(let{highlight:t,range:n}of this.drawn.get(e)??[])t.delete(n);this.drawn.delete(e)}strengthen(e,t){if(this.isSupported){
for(let[n,i]of this.named)n.endsWith("-strong")&&i.clear();for(let n of t)this.add(this.get(`${n.slot}-strong`,1),e,n)}}hold(e,t){
if(!this.isSupported)return;let n=this.get("held",2);n.clear(),t!==null&&this.add(n,e,t)}flash(e,t){if(!this.isSupported)
return;let n=this.get("flash",3);n.clear(),this.add(n,e,t),this.flashTimer!==null&&clearTimeout(this.flashTimer),this.flashTimer=
setTimeout(()=>n.clear(),1800)}clear(){for(let e of this.named.values())e.clear();this.drawn.clear()}destroy(){this.flashTimer!==
null&&clearTimeout(this.flashTimer);for(let e of this.named.keys())CSS.highlights.delete(`${this.space}-${e}`);this.named.
clear(),this.sheet.remove()}get(e,t){let n=this.named.get(e);return n===void 0&&(n=new Highlight,n.priority=t,this.named.
set(e,n),CSS.highlights.set(`${this.space}-${e}`,n)),n}add(e,t,n){for(let i of t.touched(n))e.add(this.range(i,i.part(n)))}range(e,t){
let n=this.nodeOf(e);return new StaticRange({startContainer:n,startOffset:e.toUtf16(t.start),endContainer:n,endOffset:e.
toUtf16(t.end)})}};function pe(r,e){return r.start-e.start||e.end-r.end||(r.id<e.id?-1:1)}function he(r){let e=new Map,t=new Map;for(let n of r){
let i=t.get(n.group)??[];t.set(n.group,i);let o=i.findIndex(d=>d<=n.start),s=o===-1?i.length:o;i[s]=n.end,e.set(n.id,s)}
return e}function ce(r,e,t){let n=Math.max(1,Math.floor(e/t));if(r.length<=n)return{tops:de(r,e,t),more:null};let i=de(r.
slice(0,n-1),e-t,t),o=Array(r.length-i.length).fill(null);return{tops:[...i,...o],more:Math.max(0,e-t)}}function de(r,e,t){
let n=[];for(let o of r)n.push(Math.max(o,(n.at(-1)??-t)+t));let i=e;for(let o=n.length-1;o>=0;o-=1)n[o]=Math.max(0,Math.
min(n[o],i-t)),i=n[o];return n}var Me=/[\ud800-\udbff][\udc00-\udfff]/g;function ue(r,e){let t=0,n=r.length;for(;t<n;){let i=t+n>>1;r[i]<e?t=i+1:n=i}return t}
var G=class{constructor(e,t,n){this.index=e;this.text=t;this.start=n;this.pairs16=Array.from(t.matchAll(Me),i=>i.index),
this.pairs=this.pairs16.map((i,o)=>i-o),this.end=n+t.length-this.pairs16.length}index;text;start;end;pairs16;pairs;get length(){
return this.end-this.start}toUtf16(e){return e+ue(this.pairs,e)}toCodePoints(e,t){let n=ue(this.pairs16,e);return n>0&&this.
pairs16[n-1]===e-1?e-n+(t?1:0):e-n}part(e){return{start:Math.max(0,e.start-this.start),end:Math.min(this.length,e.end-this.
start)}}},v=class{paragraphs;constructor(e){let t=0;this.paragraphs=e.split(`
`).map((n,i)=>{let o=new G(i,n,t);return t=o.end+1,o})}get length(){return this.paragraphs.at(-1).end}at(e){let t=0,n=this.
paragraphs.length-1;for(;t<n;){let i=t+n+1>>1;this.paragraphs[i].start<=e?t=i:n=i-1}return this.paragraphs[t]}touched(e){
let t=[];for(let n=this.at(e.start).index;n<this.paragraphs.length;n+=1){let i=this.paragraphs[n];if(i.start>=e.end)break;
t.push(i)}return t}slice(e){let t=this.touched(e).map(o=>{let s=o.part(e);return o.text.slice(o.toUtf16(s.start),o.toUtf16(
s.end))}),n=this.touched(e).at(-1),i=n!==void 0&&e.end>n.end&&n.end<this.length;return t.join(`
`)+(i?`
`:"")}trim(e){let t=this.slice(e),n=t.length-t.trimStart().length,i=t.length-t.trimEnd().length;return n===t.length?null:
{start:e.start+n,end:e.end-i}}};var V=74,ge=7,Te=15,Ae="600px 0px",O=class{constructor(e){this.events=e;this.highlights=new L(t=>this.rows[t.index].node),
this.scroller.tabIndex=0,this.scroller.setAttribute("role","document"),this.scroller.append(this.coderNames,this.body),this.
near=new IntersectionObserver(t=>{for(let n of t)this.setNear(this.rowOf.get(n.target),n.isIntersecting)},{root:this.scroller,
rootMargin:Ae}),this.sized=new ResizeObserver(()=>this.resized()),this.sized.observe(this.scroller),this.scroller.addEventListener(
"scroll",()=>this.scrolled(),{passive:!0}),this.body.addEventListener("pointerover",t=>this.events.point(me(t.target))),
this.body.addEventListener("pointerleave",()=>this.events.point(null)),this.body.addEventListener("click",t=>{let n=me(t.
target);n!==null&&this.events.choose(n)})}events;scroller=a("div","tp-scroller");body=a("div","tp-body");coderNames=a("d\
iv","tp-coders");highlights;text=new v("");rows=[];rowOf=new WeakMap;codings=new Map;lanes=new Map;coders=[];laneCounts=[];book;top=0;anchor=null;width=0;near;sized;settling=null;show(e,t){
this.near.disconnect(),this.highlights.clear(),this.text=new v(e),this.codings=new Map,this.lanes=new Map,this.body.replaceChildren(),
this.setMeasure(e);let n=Re(this.text,t);this.rows=this.text.paragraphs.map(i=>this.makeRow(i,n.get(i.index)));for(let{paragraph:i}of this.
rows){let o=n.get(i.index);o!==void 0&&this.highlights.dim(i,le(i.text,o))}this.body.append(...this.rows.map(i=>i.element));
for(let i of this.rows)this.near.observe(i.element)}setMeasure(e){let t=document.createElement("canvas").getContext("2d"),
n=e.slice(0,2e3).replace(/\s+/g," ");if(t===null||n.length<200)return;t.font=`17px ${getComputedStyle(this.scroller).getPropertyValue(
"--tp-serif")||"serif"}`;let i=t.measureText(n).width/n.length*V;this.scroller.style.setProperty("--tp-measure",`${Math.
round(Math.min(740,Math.max(460,i)))}px`)}makeRow(e,t){let n=a("div",e.length===0?"tp-row tp-blank":"tp-row");n.dataset.
start=String(e.start),n.dataset.end=String(e.end),n.style.setProperty("--lines",String(Math.max(1,Math.ceil(e.length/V))));
let i=a("div","tp-words");i.dir="auto";let o=document.createTextNode(e.text);i.append(o);let s=a("div","tp-margin");t!==
void 0&&Le(t,n,i,s);let d=a("div","tp-stripes"),l=a("div","tp-hidden");n.append(s,i,l,d);let p={paragraph:e,element:n,words:i,
node:o,stripes:d,listed:l,parts:[],isNear:!1};return this.rowOf.set(n,p),p}setBook(e){this.book=e,this.scroller.setAttribute(
"aria-label",e.words.text)}setCoders(e){e.join(`
`)!==this.coders.join(`
`)&&(this.coders=e,this.coderNames.hidden=!this.isGrouped,this.scroller.toggleAttribute("data-grouped",this.isGrouped),this.
coderNames.replaceChildren(a("span"),a("span"),a("div","tp-coder-names")),this.coderNames.lastElementChild.append(...e.map(
t=>a("span","",t))),this.scroller.style.setProperty("--tp-groups",String(this.isGrouped?e.length:1)))}get isGrouped(){return this.
coders.length>1}get lanesPerGroup(){return this.isGrouped?5:8}setCodings(e,t=!1){let n=new Set,i=l=>{for(let p of this.text.
touched(l))n.add(this.rows[p.index])},o=this.codings;for(let[l,p]of o)fe(p,e.get(l))||i(p);for(let[l,p]of e)fe(p,o.get(l))||
i(p);if(t)for(let l of this.rows)l.parts.length>0&&n.add(l);if(this.codings=e,n.size===0)return;let s=Array.from(e.values(),
l=>({...l,group:this.groupOf(l)}));s.sort(pe);let d=he(s.map(l=>({...l,end:this.lineAfter(l)})));for(let l of s)this.lanes.
get(l.id)!==d.get(l.id)&&i(l);this.lanes=d,this.countLanes(s);for(let l of n)l.parts=[];for(let{group:l,...p}of s)this.addParts(
p,l,n);for(let l of n)this.describe(l);this.draw([...n].filter(l=>l.isNear))}lineAfter({end:e}){return Math.min(e+V,Math.
max(e,this.text.at(e-1).end))}groupOf(e){return this.isGrouped?Math.max(0,this.coders.indexOf(e.coder)):0}countLanes(e){
this.laneCounts=[];for(let t of e){let n=Math.min(this.lanesPerGroup,(this.lanes.get(t.id)??0)+1);this.laneCounts[t.group]=
Math.max(this.laneCounts[t.group]??1,n)}}addParts(e,t,n){for(let i of this.text.touched(e)){let o=this.rows[i.index],s=i.
part(e);!n.has(o)||s.end<=s.start||o.parts.push({...s,coding:e,group:t,slot:this.book.slot(e.code),lane:this.lanes.get(e.
id)??0,begins:e.start>=i.start,ends:e.end<=i.end})}}describe(e){let t=e.parts.map(({coding:n})=>{let i=this.book.spoken(
n);return this.isGrouped?h(this.book.words.by_coder,{coding:i,coder:n.coder}):i});e.listed.textContent=t.length===0?"":h(
this.book.words.codes_here,{codes:t.join("; ")})}setNear(e,t){e.isNear!==t&&(e.isNear=t,t?this.draw([e]):(this.highlights.
erase(e.paragraph),e.stripes.replaceChildren()))}draw(e){let t=e.map(n=>n.parts.length===0?null:_e(n));e.forEach((n,i)=>{
this.highlights.draw(n.paragraph,n.parts);let o=t[i]??null;n.stripes.replaceChildren(),o!==null&&n.stripes.append(this.drawStripes(
n,o))})}drawStripes(e,t){let n=document.createDocumentFragment();for(let i=0;i<Math.max(1,this.isGrouped?this.coders.length:
1);i+=1){let o=a("div","tp-lanes"),d=e.parts.map((l,p)=>({part:l,...t.places[p]})).filter(({part:l})=>l.group===i);for(let{
part:l,top:p,bottom:c}of d)l.lane<this.lanesPerGroup&&o.append(this.bar(l,p,c));o.append(...this.labels(d,i,t.height)),n.
append(o)}return n}bar(e,t,n){let i=a("span",`tp-bar${e.begins?" tp-begins":""}${e.ends?" tp-ends":""}`);return i.dataset.
coding=e.coding.id,i.title=this.titleOf(e.coding),i.style.cssText=`top:${t}px;height:${Math.max(4,n-t)}px;left:${e.lane*
ge}px`,i.style.setProperty("--level",this.book.colour(e.coding.code)),i}labels(e,t,n){let i=(this.laneCounts[t]??1)*ge+6,
o=e.filter(({part:c})=>c.begins&&c.lane<this.lanesPerGroup),s=e.filter(({part:c})=>c.begins&&c.lane>=this.lanesPerGroup),
d=ce([...o,...s].map(({top:c})=>c),n,Te),l=[...o,...s].filter((c,D)=>d.tops[D]===null),p=[...o,...s].flatMap(({part:c},D)=>{
let j=d.tops[D]??null;return j===null?[]:[this.label(c.coding,j,i)]});return l.length>0&&p.push(this.more(l,d.more??0,i)),
p}label(e,t,n){let i=a("span","tp-label",`${e.code} ${m(e.valence)}`.trimEnd());return i.append(a("span","tp-label-name",
this.book.label(e.code))),i.dataset.coding=e.id,i.title=this.titleOf(e),i.style.cssText=`top:${t}px;left:${n}px;max-widt\
h:calc(100% - ${n}px)`,i.style.setProperty("--level",this.book.colour(e.code)),i}more(e,t,n){let i=a("span","tp-label tp\
-more",`+${e.length}`);i.dataset.coding=e[0].part.coding.id;let o=e.map(({part:s})=>this.titleOf(s.coding)).join(`
`);return i.title=`${h(this.book.words.more_codings,{n:e.length})}
${o}`,i.style.cssText=`top:${t}px;left:${n}px`,i}titleOf(e){return h(this.book.words.by_coder,{coding:this.book.spoken(e),
coder:e.coder})}strengthen(e){let t=e.flatMap(n=>this.codings.get(n)??[]);this.highlights.strengthen(this.text,t.map(n=>({
...n,slot:this.book.slot(n.code)})));for(let n of this.body.querySelectorAll("[data-strong]"))delete n.dataset.strong;for(let n of e)
for(let i of this.body.querySelectorAll(`[data-coding="${CSS.escape(n)}"]`))i.dataset.strong=""}codePointAt(e,t,n){if(e===
this.body)return this.rows[t]?.paragraph.start??this.text.length;let i=e instanceof Element?e:e.parentElement,o=this.rowOf.
get(i?.closest(".tp-row")??this.scroller);return o===void 0?null:e===o.node?o.paragraph.start+o.paragraph.toCodePoints(t,
n):(o.words.contains(e)?t>0:e===o.element?t>1:(o.words.compareDocumentPosition(e)&Node.DOCUMENT_POSITION_FOLLOWING)!==0)?
o.paragraph.end:o.paragraph.start}selectedSpan(){let e=document.getSelection();if(e===null||e.isCollapsed||e.rangeCount===
0)return null;let t=e.getRangeAt(0);if(!this.body.contains(t.commonAncestorContainer))return null;let n=this.codePointAt(
t.startContainer,t.startOffset,!1),i=this.codePointAt(t.endContainer,t.endOffset,!0);return n===null||i===null||i<=n?null:
this.text.trim({start:n,end:i})}caret(){let e=document.getSelection();return e===null||e.focusNode===null||!this.body.contains(
e.focusNode)?null:this.codePointAt(e.focusNode,e.focusOffset,!1)}select(e){let[t,n]=[this.place(e.start),this.place(e.end)];
document.getSelection()?.setBaseAndExtent(t.node,t.offset,n.node,n.offset)}place(e){let t=this.text.at(e);return{node:this.
rows[t.index].node,offset:t.toUtf16(Math.min(t.length,e-t.start))}}rectangle(e){let t=document.createRange(),[n,i]=[this.
place(e.start),this.place(e.end)];t.setStart(n.node,n.offset),t.setEnd(i.node,i.offset);let o=t.getClientRects();return o[o.
length-1]??t.getBoundingClientRect()}codePointUnder(e,t){let n=document.caretRangeFromPoint(e,t);if(n===null||n.startContainer.
nodeType!==Node.TEXT_NODE||!this.body.contains(n.startContainer))return null;let i=n.startContainer.parentElement.getBoundingClientRect();
return e<i.left||e>i.right||t<i.top||t>i.bottom?null:this.codePointAt(n.startContainer,n.startOffset,!1)}reveal(e){let t=this.
scroller.getBoundingClientRect(),n=this.rectangle({start:e.start,end:Math.min(e.end,e.start+1)}),i=this.rectangle(e),o=t.
top+40,s=t.bottom-24;n.top<o?this.scroller.scrollTop-=o-n.top:i.bottom>s&&(this.scroller.scrollTop+=Math.min(i.bottom-s,
n.top-o))}scrollTo(e){let t=this.rows[this.text.at(e).index];for(let n=0;n<2;n+=1){this.scroller.scrollTop+=this.offsetOf(
t);let i=this.rectangle({start:e,end:e+1}),o=this.scroller.getBoundingClientRect();this.scroller.scrollTop+=i.top-o.top-
o.height/3}this.rememberAnchor()}scrollToRow(e){this.scroller.scrollTop+=this.offsetOf(this.rows[this.text.at(e).index]),
this.rememberAnchor()}isVisible(e){let t=this.rectangle({start:e,end:e+1}),n=this.scroller.getBoundingClientRect();return t.
bottom>n.top&&t.top<n.bottom}get placeOnTop(){return this.anchor?.row.paragraph.start??0}firstVisible(){let{paragraph:e}=this.
rowOnTop(),t=this.scroller.getBoundingClientRect().top,n=e.start,i=e.end;for(;n<i;){let o=n+i>>1;this.rectangle({start:o,
end:o+1}).top<t?n=o+1:i=o}return n}rowOnTop(){let e=this.scroller.getBoundingClientRect().top,t=({element:n})=>n.getBoundingClientRect().
bottom>e+20;return this.rows.find(t)??this.rows.at(-1)}scrolled(){!this.scroller.isConnected||this.scroller.clientHeight===
0||(this.top=this.scroller.scrollTop,this.settling!==null&&clearTimeout(this.settling),this.settling=setTimeout(()=>this.
rememberAnchor(),150))}rememberAnchor(){this.top=this.scroller.scrollTop;let e=this.rowOnTop();this.anchor={row:e,offset:this.
offsetOf(e)}}offsetOf(e){return e.element.getBoundingClientRect().top-this.scroller.getBoundingClientRect().top}resized(){
let e=this.scroller.clientWidth;if(e===0||e===this.width)return;let t=this.width===0;this.width=e,!t&&(this.anchor!==null&&
(this.scroller.scrollTop+=this.offsetOf(this.anchor.row)-this.anchor.offset),this.draw(this.rows.filter(n=>n.isNear&&n.parts.
length>0)))}restoreScroll(){let{anchor:e}=this;this.scroller.scrollTop=this.top,e!==null&&(this.scroller.scrollTop+=this.
offsetOf(e.row)-e.offset),this.top=this.scroller.scrollTop}destroy(){this.settling!==null&&clearTimeout(this.settling),this.
near.disconnect(),this.sized.disconnect(),this.highlights.destroy()}};function _e(r){let e=r.element.getBoundingClientRect(),
t=document.createRange(),n=r.parts.map(i=>{t.setStart(r.node,r.paragraph.toUtf16(i.start)),t.setEnd(r.node,r.paragraph.toUtf16(
i.end));let o=t.getBoundingClientRect();return{top:i.begins?Math.round(o.top-e.top):0,bottom:i.ends?Math.round(o.bottom-
e.top):Math.ceil(e.height)}});return{height:e.height,places:n}}function fe(r,e){return r===e?!0:e===void 0?!1:r.start===
e.start&&r.end===e.end&&r.code===e.code&&r.valence===e.valence&&r.coder===e.coder}function me(r){return r instanceof HTMLElement?
r.closest("[data-coding]")?.dataset.coding??null:null}function Re(r,e){let t=new Map;for(let n of e){let i=r.at(n[1]).index;
t.has(i)||t.set(i,n)}return t}function Le(r,e,t,n){let[i,,,o,s,d]=r;if(e.classList.add(`tp-${i}`),i==="heading"){let l=Math.
min(6,Math.max(1,o??2));e.dataset.level=String(l),t.setAttribute("role","heading"),t.setAttribute("aria-level",String(Math.
min(6,l+1)))}s!==null&&n.append(a("span","tp-speaker",s)),d!==null&&n.append(a("span","tp-time",Oe(d)))}function Oe(r){let e=Math.
floor(r),t=s=>String(s).padStart(2,"0"),[n,i,o]=[Math.floor(e/3600),Math.floor(e/60)%60,e%60];return n===0?`${t(i)}:${t(
o)}`:`${n}:${t(i)}:${t(o)}`}var B=class{constructor(e){this.choose=e;this.element.setAttribute("role","tree"),f(this.element),this.element.addEventListener(
"click",t=>this.clicked(t)),this.element.addEventListener("keydown",t=>this.key(t))}choose;element=a("div","tp-tree");rows=new Map;folded=new Set;current="";book;setBook(e){
this.book=e,this.element.setAttribute("aria-label",e.words.codes),this.rows.clear(),this.current=e.codes[0]?.key??"",this.
element.replaceChildren(...e.codes.map(t=>this.makeRow(t))),this.refresh()}makeRow(e){let t=a("div","tp-tree-row"),n=this.
book.depth(e);t.dataset.key=e.key,t.title=e.definition===""?e.key:`${e.key}: ${e.definition}`,t.setAttribute("role","tre\
eitem"),t.setAttribute("aria-level",String(n+1)),t.style.setProperty("--level",this.book.colour(e.key)),t.style.setProperty(
"--depth",String(n));let i=a("span","tp-fold");i.setAttribute("aria-hidden","true");let o=a("span","tp-count");return t.
append(i,a("i","tp-swatch"),a("span","tp-tree-label",e.label),o),this.rows.set(e.key,{row:t,count:o}),t}setCodings(e){let t=new Map;
for(let n of e){let i=n.code;for(let o=0;i!==null&&o<10;o+=1)t.set(i,(t.get(i)??0)+1),i=this.book.code(i)?.parent??null}
for(let[n,{count:i}]of this.rows){let o=String(t.get(n)??"");i.textContent!==o&&(i.textContent=o)}}mark(e){for(let[t,{row:n}]of this.
rows)n.setAttribute("aria-selected",String(t===e))}isHidden(e){for(let t=e.parent;t!==null;t=this.book.code(t)?.parent??
null)if(this.folded.has(t))return!0;return!1}refresh(){for(let e of this.book.codes){let{row:t}=this.rows.get(e.key);t.hidden=
this.isHidden(e),t.tabIndex=e.key===this.current?0:-1,this.book.hasChildren(e.key)&&t.setAttribute("aria-expanded",String(
!this.folded.has(e.key)))}}fold(e,t){t?this.folded.add(e):this.folded.delete(e),this.refresh()}clicked(e){if(!(e.target instanceof
HTMLElement))return;let t=e.target.closest(".tp-tree-row")?.dataset.key,n=t===void 0?void 0:this.book.code(t);if(n!==void 0){
if(e.target.classList.contains("tp-fold")&&this.book.hasChildren(n.key)){this.fold(n.key,!this.folded.has(n.key));return}
this.current=n.key,this.refresh(),this.choose(n)}}key(e){let t=this.book.codes.filter(p=>!this.isHidden(p)),n=t.findIndex(
p=>p.key===this.current),i=t[n];if(i===void 0||e.altKey||e.ctrlKey||e.metaKey)return;let o=this.book.hasChildren(i.key)&&
!this.folded.has(i.key),s=p=>{p!==void 0&&(this.current=p.key,this.refresh(),this.rows.get(p.key).row.focus())},l={ArrowDown:()=>s(
t[n+1]),ArrowUp:()=>s(t[n-1]),Home:()=>s(t[0]),End:()=>s(t.at(-1)),ArrowRight:()=>o?s(t[n+1]):this.fold(i.key,!1),ArrowLeft:()=>o?
this.fold(i.key,!0):s(this.book.code(i.parent??"")),Enter:()=>this.choose(i)," ":()=>this.choose(i)}[e.key];l!==void 0&&
(e.preventDefault(),e.stopPropagation(),l())}};var $=class{constructor(e){this.text=e}text;segmenter=new Intl.Segmenter(void 0,{granularity:"sentence"});known=new Map;of(e){
let t=this.known.get(e.index);return t===void 0&&(t=this.split(e),this.known.set(e.index,t)),t}split(e){let t=[];for(let{
index:n,segment:i}of this.segmenter.segment(e.text)){let o=this.text.trim({start:e.start+e.toCodePoints(n,!1),end:e.start+
e.toCodePoints(n+i.length,!0)});o!==null&&t.push(o)}return t}from(e){let t=this.text.at(e).index;for(let n=t;n<this.text.
paragraphs.length;n+=1){let i=this.of(this.text.paragraphs[n]).find(o=>o.start>=e);if(i!==void 0)return i}return null}until(e){
for(let t=this.text.at(e).index;t>=0;t-=1){let n=this.of(this.text.paragraphs[t]).findLast(i=>i.end<=e);if(n!==void 0)return n}
return null}around(e){return this.of(this.text.at(e)).find(n=>e<n.end)??this.from(e)}};function Be(r,e){return r!==null&&e!==null&&r.start===e.start&&r.end===e.end}var P=class{sentences;anchor=null;cursor=null;made=null;constructor(e){
this.sentences=new $(e)}around(e){return this.sentences.around(e)}step(e,t,n,i){if(n===null)return this.startAt(e===1?this.
sentences.around(i):this.sentences.until(i));Be(n,this.made)||this.startAt(n);let o=t?this.cursor:n,s=e===1?this.sentences.
from(o.end):this.sentences.until(o.start);if(s===null)return null;if(!t)return this.startAt(s);this.cursor=s;let d=this.
anchor;return this.made={start:Math.min(d.start,s.start),end:Math.max(d.end,s.end)},this.made}startAt(e){return this.anchor=
e,this.cursor=e,this.made=e,e}};var $e=420,H=class{constructor(e,t){this.data=e;this.setStateValue=t;let{document:n,person:i}=e;this.drawer=new T(window.
localStorage,i,n.id,n.version),this.outbox=new A(this.drawer,o=>this.deliver(o),()=>this.showStatus()),this.recent=new R(
window.localStorage,i),this.assemble(),this.listen()}data;setStateValue;root=a("section","tp-reader");frame=a("div","tp-\
frame");title=a("h2","tp-title");status=a("span","tp-status");live=a("div","tp-hidden");treeToggle=u("tp-button tp-quiet",
"",()=>this.toggleTree());helpButton=u("tp-button tp-quiet","",()=>this.help.toggle(this.view.scroller));codeButton=u("t\
p-code-button","",()=>this.openPalette());probe=J(e=>this.setGround(e));view=new O({choose:e=>this.choose(e),point:e=>this.
point(e)});tree=new B(e=>this.chooseCode(e));palette=new _;help=new M;inspector=new E({setValence:(e,t)=>this.change(e,{
valence:t}),setMemo:(e,t)=>this.setMemo(e,t),retire:e=>this.retire(e),changeCode:e=>this.openPaletteToChange(e),choose:e=>this.
choose(e),leave:()=>this.view.scroller.focus({preventScroll:!0})});drawer;outbox;recent;history=[];lastUsed=null;book=null;bookName="";walk=null;stored=[];codings=new Map;selected=null;pointed=null;shownCode=null;span=null;refusal="";shownAt=null;isAttached=!1;hadFocus=!1;pointerFrame=0;rowsAbove=new ResizeObserver(
()=>this.fitHeight());leaving=new AbortController;assemble(){let{root:e,frame:t}=this;e.dataset.trigpoint="reader",e.dataset.
document=this.data.document.id,e.tabIndex=-1;let n=a("style","",ae),i=a("header","tp-bar-top");i.append(this.treeToggle,
this.title,this.status,this.helpButton),this.status.setAttribute("role","status"),this.live.setAttribute("aria-live","po\
lite"),this.codeButton.hidden=!0,this.codeButton.tabIndex=-1,f(this.codeButton),this.view.scroller.append(this.codeButton);
let o=a("nav","tp-side");o.append(this.tree.element),t.append(i,o,this.view.scroller,this.inspector.element),e.append(n,
this.probe,t,this.palette.element,this.help.element,this.live)}listen(){let{root:e}=this,t={signal:this.leaving.signal};
e.addEventListener("keydown",i=>this.key(i)),e.addEventListener("focus",()=>this.view.scroller.focus({preventScroll:!0})),
e.addEventListener("focusin",()=>this.hadFocus=!0),e.addEventListener("focusout",i=>{i.relatedTarget!==null&&(this.hadFocus=
e.contains(i.relatedTarget))});let{scroller:n}=this.view;n.addEventListener("mousedown",i=>this.pressed(i)),n.addEventListener(
"pointermove",i=>this.pointAt(i)),n.addEventListener("click",i=>this.clickedText(i)),document.addEventListener("pointeru\
p",()=>setTimeout(()=>this.offerCode()),t),document.addEventListener("selectionchange",()=>this.noteSelection(),t),window.
addEventListener(se,()=>this.refresh(),t),window.addEventListener("resize",()=>this.fitHeight(),t),window.addEventListener(
"online",()=>this.outbox.flush(),t),window.addEventListener("pagehide",()=>this.leave(),t)}attach(e){let{scroller:t}=this.
view,n=this.span;e.append(this.root),this.isAttached=!0,this.fitHeight(),this.rowsAbove.disconnect(),this.rowsAbove.observe(
e.closest(".stMainBlockContainer")??e),this.setGround(w(this.probe)),this.view.restoreScroll(),S(()=>this.view.restoreScroll()),
(document.activeElement===null||document.activeElement===document.body)&&this.hadFocus&&(t.focus({preventScroll:!0}),n!==
null&&this.view.select(n))}detach(){this.leave(),this.isAttached=!1,this.outbox.stopWaiting()}destroy(){this.outbox.stopWaiting(),
this.leaving.abort(),this.rowsAbove.disconnect(),this.view.destroy(),this.root.remove()}leave(){this.inspector.finishMemo();
try{window.sessionStorage.setItem(this.placeName,String(this.view.placeOnTop))}catch{}}get placeName(){let{id:e,version:t}=this.
data.document;return`trigpoint/place/${encodeURIComponent(e)}/${encodeURIComponent(t)}`}update(e,t){this.data=e,this.setStateValue=
t,this.fitHeight(),this.refresh()}refresh(){let{data:e}=this,t=z(e.text_shelf),n=z(e.book_shelf);if(!this.isAttached||t===
void 0||n===void 0)return;let i=this.bookName!==e.book_shelf;i&&this.setBook(new C(n),e.book_shelf),this.title.textContent=
e.document.title,this.root.dataset.readOnly=String(e.read_only),this.view.setCoders(e.coders);let o=this.walk===null;o&&
(this.view.show(t.text,t.sections),this.walk=new P(this.view.text)),this.stored=e.codings.map(d=>ne(d,e.coders));let s=this.
outbox.settle(e.acked,e.refused);for(let{kept:d,reason:l}of s.refused)this.takeBack(d.operation.operation,l);s.acked.length>
0&&s.refused.length===0&&(this.refusal=""),this.redraw(i,s.acked),o&&this.opened(),this.goTo(e.at),s.acked.length>0&&this.
tell("trigpoint:acked",s.acked)}setBook(e,t){this.book=e,this.bookName=t;for(let n of[this.view,this.tree,this.palette,this.
inspector,this.help])n.setBook(e);this.helpButton.textContent=`? ${e.words.keys}`,this.codeButton.textContent=e.words.code_button,
this.nameTreeToggle(),this.setGround(w(this.probe))}opened(){let{id:e}=this.data.document,t=Number(window.sessionStorage.
getItem(this.placeName)??0);this.data.at===null&&t>0&&t<this.view.text.length&&this.view.scrollToRow(t),(document.activeElement===
null||document.activeElement===document.body)&&!this.data.read_only&&this.view.scroller.focus({preventScroll:!0}),this.outbox.
flush(),S(()=>{let i={document:e,codings:this.codings.size};window.dispatchEvent(new CustomEvent("trigpoint:ready",{detail:i}))})}takeBack(e,t){
this.refusal=t;let n=this.history.findIndex(i=>i.operation===e);n!==-1&&this.history.splice(n,1),this.say(h(this.words.said_refused,
{reason:t}))}goTo(e){if(e===this.shownAt||(this.shownAt=e,e===null||e<0||e>=this.view.text.length))return;let t=[...this.
codings.values()].find(({start:i})=>i===e)??null;this.view.scrollTo(e);let n=t??this.walk.around(e);t!==null&&this.choose(
t.id),n!==null&&this.view.highlights.flash(this.view.text,n)}get words(){return this.book.words}redraw(e=!1,t=[]){if(this.
codings=ie(this.stored,this.outbox.kept(),this.data.person),this.view.setCodings(this.codings,e),this.tree.setCodings(this.
codings.values()),this.selected!==null){let n=this.codings.get(this.selected.id)??re(this.selected,this.codings,t);this.
selected=n}this.pointed!==null&&!this.codings.has(this.pointed)&&(this.pointed=null),this.showSelected(),this.showStatus(),
this.root.dataset.codings=String(this.codings.size)}showSelected(){let{selected:e,shownCode:t}=this;if(this.view.strengthen(
[...new Set([e?.id,this.pointed])].filter(n=>typeof n=="string")),this.tree.mark(e?.code??t?.key??null),this.root.dataset.
selected=e?.id??"",e!==null)this.inspector.showCoding({coding:e,quote:this.view.text.slice(e),alsoHere:this.others(e),canChange:this.
canChange(e)});else if(t!==null){let n=[...this.codings.values()].filter(({code:i})=>i===t.key).length;this.inspector.showCode(
t,n)}else this.inspector.showNothing(this.data.read_only)}others(e){return this.inOrder().filter(t=>t.id!==e.id&&t.start<
e.end&&t.end>e.start)}showStatus(){if(this.book===null)return;let{size:e}=this.outbox;this.root.dataset.pending=String(e);
let[t,n]=this.statusNow(e);this.status.dataset.state=t,this.status.textContent!==n&&(this.status.textContent=n)}statusNow(e){
let{words:t}=this;if(this.refusal!=="")return["refused",h(t.not_saved,{reason:this.refusal})];if(this.outbox.isStuck)return[
"stuck",h(t.not_saved,{reason:h(t.no_answer,{n:e})})];if(e>0)return["saving",h(t.saving,{n:e})];let n=this.drawer.elsewhere();
return n>0?["stuck",h(t.waiting_elsewhere,{n})]:this.data.read_only?["read-only",this.data.reason_read_only||t.read_only]:
["saved",t.saved]}say(e){this.live.textContent=e}tell(e,t){S(()=>window.dispatchEvent(new CustomEvent(e,{detail:{operations:t}})))}setGround(e){
this.root.dataset.ground=e,this.book!==null&&(this.book.colours.setVariables(this.root,e),this.view.highlights.setColours(
this.book.colours,e))}fitHeight(){if(!this.isAttached)return;let{height:e}=this.data,t=this.root.getBoundingClientRect().
top+this.scrolledPage(),n=e??Math.max($e,window.innerHeight-t-16);this.root.style.height=`${Math.round(n)}px`}scrolledPage(){
let e=0;for(let t=this.root.parentElement;t!==null;t=t.parentElement)e+=t.scrollTop;return e}toggleTree(){this.frame.classList.
toggle("tp-no-tree"),this.nameTreeToggle()}nameTreeToggle(){let e=this.frame.classList.contains("tp-no-tree");this.treeToggle.
textContent=`${e?"▸":"◂"} ${this.words.codes}`,this.treeToggle.setAttribute("aria-expanded",String(!e)),this.treeToggle.
title=e?this.words.show_codes:this.words.hide_codes}deliver(e){let{id:t,version:n}=this.data.document,i={document:t,version:n,
person:this.data.person,sent:Date.now(),operations:e};setTimeout(()=>{this.isAttached&&this.setStateValue("outbox",i)})}perform(e){
let t=e.type==="undo"?this.history.pop()?.reversal:oe(e,this.codings);e.type!=="undo"&&t&&this.history.push({operation:e.
operation,reversal:t}),this.refusal="",this.outbox.add(e,e.type==="undo"&&t?{reversal:t}:{}),this.redraw(),this.tell("tr\
igpoint:painted",[e.operation])}refuseReadOnly(){return this.data.read_only?(this.say(this.data.reason_read_only||this.words.
read_only),!0):!1}canChange(e){return e.mine&&!this.data.read_only}apply(e,t,n){if(this.refuseReadOnly())return;this.recent.
use(e.key),this.lastUsed={code:e,valence:t};let i=[...this.codings.values()].find(s=>s.mine&&s.code===e.key&&s.start===n.
start&&s.end===n.end);if(i!==void 0){this.choose(i.id),i.valence===t?this.say(h(this.words.said_already,{code:e.label})):
this.change(i,{valence:t});return}let o=b();this.shownCode=null,this.selected={id:o,...n,code:e.key,valence:t,coder:this.
data.person,memo:"",mine:!0},this.perform({operation:o,type:"apply",start:n.start,end:n.end,code:e.key,valence:t}),this.
say(h(this.words.said_coded,{code:this.book.spoken({code:e.key,valence:t})}))}change(e,t){if(!this.canChange(e))return;let n=t.
code!==void 0&&t.code!==e.code?{code:t.code}:{},i=t.valence!==void 0&&t.valence!==e.valence?{valence:t.valence}:{};if(Object.
keys({...n,...i}).length===0)return;this.perform({operation:b(),type:"change",coding:e.id,...n,...i});let o=this.codings.
get(e.id)??e;this.say(h(this.words.said_changed,{code:this.book.spoken(o)}))}setMemo(e,t){let n=this.codings.get(e.id);n===
void 0||!this.canChange(n)||n.memo===t||(this.perform({operation:b(),type:"memo",coding:e.id,text:t}),this.say(this.words.
said_memo))}retire(e){this.canChange(e)&&(this.selected=null,this.perform({operation:b(),type:"retire",coding:e.id}),this.
view.scroller.focus({preventScroll:!0}),this.say(h(this.words.said_retired,{code:this.book.spoken(e)})))}undo(){this.refuseReadOnly()||
(this.perform({operation:b(),type:"undo"}),this.say(this.words.said_undone))}inOrder(){return[...this.codings.values()].
sort((e,t)=>e.start-t.start||t.end-e.end||(e.id<t.id?-1:1))}choose(e){this.inspector.finishMemo(),this.selected=e===null?
null:this.codings.get(e)??null,this.shownCode=null,this.showSelected()}point(e){e!==this.pointed&&(this.pointed=e,this.showSelected())}chooseCode(e){
let t=this.view.selectedSpan();if(t!==null&&!this.data.read_only){this.codeButton.hidden=!0,this.apply(e,null,t);return}
this.selected=null,this.shownCode=e,this.showSelected()}codingsAt(e){return[...this.codings.values()].filter(({start:t,end:n})=>t<=
e&&e<n).sort((t,n)=>t.end-t.start-(n.end-n.start)||(t.id<n.id?-1:1))}pointAt(e){e.buttons!==0||this.pointerFrame!==0||e.
target instanceof HTMLElement&&e.target.dataset.coding!==void 0||(this.pointerFrame=requestAnimationFrame(()=>{this.pointerFrame=
0;let t=this.view.codePointUnder(e.clientX,e.clientY);this.point(t===null?null:this.codingsAt(t)[0]?.id??null)}))}pressed(e){
if(e.target===this.codeButton||e.button!==0)return;this.codeButton.hidden=!0,e.target instanceof Element&&e.target.closest(
".tp-words")!==null&&e.detail===1&&!e.shiftKey&&document.getSelection()?.removeAllRanges()}clickedText(e){if(e.target instanceof
HTMLElement&&e.target.closest(".tp-stripes, .tp-code-button")!==null||this.view.selectedSpan()!==null)return;let t=this.
view.codePointUnder(e.clientX,e.clientY),n=t===null?[]:this.codingsAt(t),i=n.findIndex(({id:o})=>o===this.selected?.id);
this.choose(n[(i+1)%Math.max(1,n.length)]?.id??null)}noteSelection(){this.palette.isOpen||!this.isAttached||this.walk===
null||(this.span=this.view.selectedSpan(),this.root.dataset.selection=this.span===null?"":`${this.span.start}-${this.span.
end}`,this.span===null&&(this.codeButton.hidden=!0))}offerCode(){if(this.noteSelection(),this.span===null||this.data.read_only||
this.palette.isOpen||document.activeElement!==this.view.scroller)return;let{scroller:e}=this.view,t=this.view.rectangle(
this.span),n=e.getBoundingClientRect();this.codeButton.style.top=`${t.bottom-n.top+e.scrollTop+4}px`,this.codeButton.style.
left=`${Math.min(t.right,n.right-90)-n.left}px`,this.codeButton.hidden=!1}openPalette(){let e=this.view.selectedSpan()??
this.span;if(e===null){this.selected!==null&&this.canChange(this.selected)?this.openPaletteToChange(this.selected):this.
say(this.words.said_nothing_selected);return}this.refuseReadOnly()||(this.codeButton.hidden=!0,this.span=e,this.view.highlights.
hold(this.view.text,e),this.palette.open({title:h(this.words.code_selection,{quote:F(this.view.text.slice(e))}),valence:null,
recent:this.recent.keys,choose:(t,n)=>this.apply(t,n,e),closed:()=>this.closedPalette(e)},this.root.getBoundingClientRect(),
this.view.rectangle(e)))}openPaletteToChange(e){this.canChange(e)&&this.palette.open({title:h(this.words.change_code_of,
{code:this.book.label(e.code)}),valence:e.valence,recent:this.recent.keys,choose:(t,n)=>{this.recent.use(t.key),this.change(
this.selected??e,{code:t.key,valence:n})},closed:()=>this.closedPalette(null)},this.root.getBoundingClientRect(),this.view.
rectangle(e))}closedPalette(e){this.view.highlights.hold(this.view.text,null),this.view.scroller.focus({preventScroll:!0}),
e!==null&&this.view.select(e),this.noteSelection()}key(e){if(!e.ctrlKey&&!e.metaKey&&!e.altKey&&(e.key.length===1||e.key===
"Enter")&&e.stopPropagation(),this.walk===null||e.defaultPrevented||e.isComposing||Y(e.target)||e.target instanceof HTMLButtonElement&&
e.key==="Enter")return;let i=ee(e);i!==null&&(e.preventDefault(),this.noteSelection(),this.obey(i))}obey(e){switch(e.name){case"\
sentence":return this.stepSentence(e.step,e.extend);case"coding":return this.stepCoding(e.step);case"palette":return this.
openPalette();case"recent":return this.applyRecent(e.index);case"repeat":return this.repeat();case"retire":return this.selected===
null?void 0:this.retire(this.selected);case"memo":return this.inspector.editMemo();case"undo":return this.undo();case"he\
lp":return this.help.toggle(this.view.scroller);case"escape":return this.escape()}}stepSentence(e,t){let n=this.view.caret(),
i=n!==null&&this.view.isVisible(n)?n:this.view.firstVisible(),o=this.walk.step(e,t,this.span,i);o!==null&&(this.codeButton.
hidden=!0,this.view.scroller.focus({preventScroll:!0}),this.view.select(o),this.view.reveal(o),this.noteSelection(),this.
say(F(this.view.text.slice(o))))}stepCoding(e){let t=this.inOrder(),n=this.selected?.start??this.span?.start??this.view.
firstVisible(),i=t.findIndex(({id:d})=>d===this.selected?.id),o=i!==-1?t[i+e]:e===1?t.find(({start:d})=>d>=n):t.findLast(
({start:d})=>d<n);if(o===void 0)return;this.choose(o.id),this.view.select({start:o.start,end:o.start}),this.view.reveal(
o);let s=this.book.spoken(o);this.say(h(this.words.said_selected,{coding:s,quote:F(this.view.text.slice(o))}))}applyRecent(e){
let t=this.book.code(this.recent.keys[e]??"");this.span===null?this.say(this.words.said_nothing_selected):t!==void 0&&this.
apply(t,null,this.span)}repeat(){this.span===null?this.say(this.words.said_nothing_selected):this.lastUsed!==null&&this.
apply(this.lastUsed.code,this.lastUsed.valence,this.span)}escape(){this.codeButton.hidden=!0,this.span!==null?document.getSelection()?.
collapseToStart():(this.selected!==null||this.shownCode!==null)&&this.choose(null),this.noteSelection()}};function F(r){
let e=r.replace(/\s+/g," ");return e.length<=90?e:`${e.slice(0,60)} … ${e.slice(-24)}`}function b(){let r=crypto.getRandomValues(
new Uint8Array(16));r[6]=r[6]&15|64,r[8]=r[8]&63|128;let e=Array.from(r,t=>t.toString(16).padStart(2,"0")).join("");return[
e.slice(0,8),e.slice(8,12),e.slice(12,16),e.slice(16,20),e.slice(20)].join("-")}var Pe=1500,N=new WeakMap,U=window.trigpointParked??=new Map;function He({document:r,person:e}){return JSON.stringify([r.
id,r.version,e])}function q(r){let e=U.get(r);return e===void 0?null:(clearTimeout(e.giveUp),U.delete(r),e.reader)}function ve(r,e){
e.detach(),q(r)?.destroy();let t=setTimeout(()=>q(r)?.destroy(),Pe);U.set(r,{reader:e,giveUp:t})}function Ne({data:r,parentElement:e,
setStateValue:t}){let n=He(r),i=N.get(e);if(i!==void 0&&i.identity!==n&&(ve(i.identity,i.reader),i.reader.root.remove(),
i=void 0),i===void 0){let s=q(n)??new H(r,t);i={reader:s,identity:n},N.set(e,i),s.attach(e)}let{reader:o}=i;return o.update(
r,t),()=>{N.get(e)?.reader===o&&(N.delete(e),ve(n,o))}}export{Ne as default};
