// sources sha256 a19f4822d6408a066161ba264d6195a8363d395925c72e563abdcb8ac24f7140; made by "npm run build" from src/, do not edit
var LEVELS={INN:{light:"#2B70C6",dark:"#8091E1"},PRO:{light:"#1A7254",dark:"#5FB88C"},PAT:{light:"#AA5113",dark:"#AD800A"},
SOC:{light:"#4D2060",dark:"#E5459F"},ORG:{light:"#1C6276",dark:"#BCDDF3"},ECO:{light:"#131ACA",dark:"#BDD963"},IMP:{light:"\
#173A34",dark:"#7BECC5"}},ACCENT={light:"#0B625E",dark:"#6CCDC2"},NO_LEVEL={light:"#5A6068",dark:"#A3A9B0"},LevelColours=class{slots=new Map;pairs=[];constructor(codes){
let levels=[...new Set(codes.map(code=>code.level))],spare=Object.keys(LEVELS).filter(key=>!levels.includes(key)),taken=0;
for(let level of levels){let named=LEVELS[level]??LEVELS[spare[taken++%Math.max(1,spare.length)]??""];this.slots.set(level,
this.pairs.push(named??NO_LEVEL)-1)}this.pairs.push(NO_LEVEL)}get count(){return this.pairs.length}slot(level){return this.
slots.get(level??"")??this.pairs.length-1}setVariables(root,ground){this.pairs.forEach((pair,slot)=>root.style.setProperty(
`--level-${slot}`,pair[ground]))}highlightRules(space,ground){let rules=this.pairs.map((pair,slot)=>{let colour=pair[ground],
mark=`background-color:${colour}29;text-decoration:underline 2px ${colour};text-underline-offset:3px`;return`::highlight\
(${space}-${slot}){${mark}}
::highlight(${space}-${slot}-strong){background-color:${colour}30}`}),accent=ACCENT[ground];return rules.push(`::highlig\
ht(${space}-held){background-color:${accent}3d}`),rules.push(`::highlight(${space}-flash){background-color:${accent}3d;t\
ext-decoration:underline 2px ${accent}}`),rules.join(`
`)}};function groundOf(probe){let channels=getComputedStyle(probe).backgroundColor.match(/[\d.]+/g)?.map(Number)??[],[red=255,
green=255,blue=255,alpha=1]=channels;return alpha===0?"light":.2126*red+.7152*green+.0722*blue<128?"dark":"light"}function watchGround(changed){
let probe=document.createElement("i");return probe.className="tp-probe",probe.setAttribute("aria-hidden","true"),probe.addEventListener(
"transitionend",()=>changed(groundOf(probe))),probe}function fold(text){return text.normalize("NFD").replace(/\p{M}/gu,"").toLowerCase()}var SIGNS={"+":"facilitator","-":"b\
arrier","−":"barrier","±":"mixed","·":"neutral"};function parseQuery(typed){let rest=typed.trim(),valence=null;rest.
startsWith("+-")||rest.startsWith("-+")?(valence="mixed",rest=rest.slice(2)):rest!==""&&SIGNS[rest[0]]!==void 0&&(valence=
SIGNS[rest[0]],rest=rest.slice(1));let trailing=/\s([+\-−±·])$/.exec(rest);return trailing!==null&&(valence=SIGNS[trailing[1]],
rest=rest.slice(0,trailing.index)),{words:fold(rest).split(/\s+/).filter(word=>word!==""),valence}}function wordScore(entry,word){
return entry.label.startsWith(word)?9:entry.key.startsWith(word)?8:entry.label.includes(` ${word}`)?7:entry.key.includes(
word)?6:entry.label.includes(word)?5:entry.all.includes(` ${word}`)?3:entry.all.includes(word)?1:0}var CodeSearch=class{entries;constructor(codes){
let labels=new Map(codes.map(code=>[code.key,code.label]));this.entries=codes.map(code=>({code,key:fold(code.key),label:fold(
code.label),all:` ${fold(`${code.search} ${labels.get(code.level)??""}`)}`}))}find(words,recent){let scored=this.entries.
flatMap((entry,position)=>{let scores=words.map(word=>wordScore(entry,word));if(scores.includes(0))return[];let total=scores.
reduce((sum,score)=>sum+score,0)+(recent.includes(entry.code.key)?.5:0);return[{code:entry.code,total,position}]});return scored.
sort((a,b)=>b.total-a.total||a.position-b.position),scored.map(entry=>entry.code)}};var VALENCES=[null,"facilitator","barrier","mixed","neutral"],SIGNS2={facilitator:"+",barrier:"−",mixed:"±",neutral:"\
·"};function signOf(valence){return valence===null?"":SIGNS2[valence]}var Book=class{codes;words;colours;search;byKey;constructor(shelf){
this.codes=shelf.codes,this.words=shelf.words,this.colours=new LevelColours(shelf.codes),this.search=new CodeSearch(shelf.
codes),this.byKey=new Map(shelf.codes.map(code=>[code.key,code]))}code(key){return this.byKey.get(key)}label(key){return this.
byKey.get(key)?.label??key}slot(key){return this.colours.slot(this.byKey.get(key)?.level)}colour(key){return`var(--level\
-${this.slot(key)})`}depth(code){let depth=0;for(let above=code.parent;above!==null&&depth<9;depth+=1)above=this.byKey.get(
above)?.parent??null;return depth}hasChildren(key){return this.codes.some(code=>code.parent===key)}valenceWord(valence){
return this.words[`valence_${valence??"none"}`]}spoken(coding){let label=this.label(coding.code);return coding.valence===
null?label:`${label}, ${this.valenceWord(coding.valence)}`}};function make(tag,className="",text=""){let element=document.createElement(tag);return className!==""&&(element.className=
className),text!==""&&(element.textContent=text),element}function makeButton(className,text,action){let button=make("but\
ton",className,text);return button.type="button",button.addEventListener("click",action),button}function keepsSelection(element){
element.addEventListener("pointerdown",event=>event.preventDefault()),element.addEventListener("mousedown",event=>event.
preventDefault())}function afterPaint(action){if(document.hidden){setTimeout(action);return}requestAnimationFrame(()=>{let channel=new MessageChannel;
channel.port1.onmessage=()=>{channel.port1.close(),action()},channel.port2.postMessage(null)})}function isTyping(target){
return target instanceof HTMLInputElement||target instanceof HTMLTextAreaElement}function fill(sentence,values){return sentence.replace(/\{(\w+)\}/g,(place,name)=>String(values[name]??place))}var LONGEST_QUOTE=420,Inspector=class{constructor(events){this.events=events}events;element=make("aside","tp-inspector");shown="";memo=null;coding=null;book;setBook(book){
this.book=book,this.shown="",this.element.setAttribute("aria-label",book.words.coding)}showNothing(readOnly){let{nothing_selected,
nothing_selected_read_only}=this.book.words,text=readOnly?nothing_selected_read_only:nothing_selected;this.replace(text,
()=>[make("p","tp-empty",text)])}showCode(code,count){this.replace(`code ${code.key} ${count}`,()=>[this.heading(code.key),
make("p","tp-soft",fill(this.book.words.codings_of_code,{n:count})),...this.definition(code)])}showCoding(inspected){let{
coding,quote,alsoHere,canChange}=inspected,memo=this.memo!==null&&this.coding?.id===coding.id&&document.activeElement===
this.memo?this.coding.memo:coding.memo,others=alsoHere.map(other=>[other.id,other.code,other.valence]),signature=JSON.stringify(
[coding.id,coding.code,coding.valence,memo,coding.coder,canChange,others]);this.replace(signature,()=>this.describe(coding,
quote,alsoHere,canChange)),this.coding=coding}editMemo(){this.memo?.focus()}finishMemo(){if(this.memo===null||this.coding===
null)return;let text=this.memo.value.trim();text!==this.coding.memo&&this.events.setMemo(this.coding,text)}replace(signature,draw){
signature!==this.shown&&(this.finishMemo(),this.shown=signature,this.memo=null,this.coding=null,this.element.replaceChildren(
...draw()))}describe(coding,quote,alsoHere,canChange){let shortened2=quote.length>LONGEST_QUOTE?`${quote.slice(0,LONGEST_QUOTE)}\
 …`:quote,quoted=make("blockquote","tp-quote",shortened2);quoted.dir="auto";let parts=[this.heading(coding.code),this.
valence(coding,canChange),quoted];parts.push(make("p","tp-soft",fill(this.book.words.coder,{coder:coding.coder}))),parts.
push(...this.memoOf(coding,canChange)),canChange&&parts.push(this.buttons(coding)),alsoHere.length>0&&parts.push(this.others(
alsoHere));let code=this.book.code(coding.code);return code!==void 0&&parts.push(...this.definition(code)),parts}heading(key){
let heading=make("h3","tp-coding-code");return heading.style.setProperty("--level",this.book.colour(key)),heading.append(
make("i","tp-swatch"),make("span","",this.book.label(key)),make("span","tp-key",key)),heading}valence(coding,canChange){
if(!canChange){let sign=signOf(coding.valence);return make("p","tp-valence",`${sign} ${this.book.valenceWord(coding.valence)}`.
trim())}let group=make("div","tp-chips");group.setAttribute("role","radiogroup"),group.setAttribute("aria-label",this.book.
words.valence);for(let valence of VALENCES){let chip=makeButton("tp-chip","",()=>this.events.setValence(coding,valence));
chip.append(make("b","",signOf(valence)),make("span","",this.book.valenceWord(valence))),chip.setAttribute("role","radio"),
chip.setAttribute("aria-checked",String(valence===coding.valence)),keepsSelection(chip),group.append(chip)}return group}memoOf(coding,canChange){
if(!canChange)return coding.memo===""?[]:[make("p","tp-memo-text",coding.memo)];let label=make("label","tp-memo"),area=make(
"textarea");return area.value=coding.memo,area.rows=4,area.placeholder=this.book.words.memo_placeholder,area.addEventListener(
"blur",()=>this.finishMemo()),area.addEventListener("keydown",event=>{event.stopPropagation(),(event.key==="Escape"||event.
key==="Enter"&&(event.ctrlKey||event.metaKey))&&(event.preventDefault(),this.events.leave())}),label.append(make("span",
"",this.book.words.memo),area),this.memo=area,[label]}buttons(coding){let row=make("div","tp-buttons"),change=makeButton(
"tp-button",this.book.words.change_code,()=>this.events.changeCode(coding)),retire=makeButton("tp-button",this.book.words.
retire,()=>this.events.retire(coding));return keepsSelection(change),row.append(change,retire),row}others(alsoHere){let section=make(
"section","tp-also");section.append(make("h4","",this.book.words.also_here));for(let coding of alsoHere){let text=`${this.
book.label(coding.code)} ${signOf(coding.valence)}`.trimEnd(),button=makeButton("tp-other","",()=>this.events.choose(coding.
id));button.style.setProperty("--level",this.book.colour(coding.code)),button.append(make("i","tp-swatch"),make("span","",
text),make("span","tp-soft",coding.coder)),section.append(button)}return section}definition(code){let entries=[[this.book.
words.definition,code.definition],[this.book.words.include,code.include],[this.book.words.exclude,code.exclude]],list=make(
"dl","tp-definition");for(let[name,text]of entries)text!==""&&list.append(make("dt","",name),make("dd","",text));return list.
childElementCount===0?[]:[list]}};var KeyHelp=class{element=make("div","tp-help");back=null;constructor(){this.element.hidden=!0,this.element.tabIndex=-1,
this.element.setAttribute("role","dialog"),this.element.addEventListener("keydown",event=>{event.stopPropagation(),(event.
key==="Escape"||event.key==="?")&&this.close()})}setBook({words}){let lines=[["j  k",words.key_sentence],["J  K   ⇧←→",
words.key_extend],["Enter  c",words.key_palette],["⇧Enter",words.key_apply_more],["Tab   + − ±   Alt 1–4",words.key_valence],
["1 – 9",words.key_recent],[".",words.key_repeat],["n  p",words.key_next],["m",words.key_memo],["Delete",words.key_retire],
["Ctrl Z",words.key_undo],["Esc",words.key_escape],["?",words.key_help]],list=make("dl");for(let[keys,meaning]of lines){
let term=make("dt");term.append(make("kbd","",keys)),list.append(term,make("dd","",meaning))}this.element.setAttribute("\
aria-label",words.keys),this.element.replaceChildren(make("h3","",words.keys),list,makeButton("tp-button",words.close,()=>this.
close()))}toggle(back){if(!this.element.hidden){this.close();return}this.back=back,this.element.hidden=!1,this.element.focus(
{preventScroll:!0})}close(){this.element.hidden=!0,this.back?.focus({preventScroll:!0})}};function letterOf({key,code}){return/^[a-z]$/i.test(key)?key.toLowerCase():key.length===1&&key.codePointAt(0)>591&&code.
startsWith("Key")?code.slice(3).toLowerCase():""}function commandFor(pressed){let letter=letterOf(pressed);if(pressed.ctrlKey||
pressed.metaKey)return letter==="z"&&!pressed.shiftKey&&!pressed.altKey?{name:"undo"}:null;if(pressed.altKey)return null;
let digit=/^(?:Digit|Numpad)([1-9])$/.exec(pressed.code);if(digit!==null)return{name:"recent",index:Number(digit[1])-1};
switch(pressed.key){case"Enter":return{name:"palette"};case".":return{name:"repeat"};case"?":return{name:"help"};case"De\
lete":case"Backspace":return{name:"retire"};case"Escape":return{name:"escape"}}switch(letter){case"j":return{name:"sente\
nce",step:1,extend:pressed.shiftKey};case"k":return{name:"sentence",step:-1,extend:pressed.shiftKey};case"c":return{name:"\
palette"};case"m":return{name:"memo"};case"n":return{name:"coding",step:1};case"p":return{name:"coding",step:-1}}return null}var StorageDrawer=class{constructor(storage,person,document2,version){this.storage=storage;this.person=person;this.prefix=
`${ownDrawers(person)}${encodeURIComponent(document2)}/${encodeURIComponent(version)}/`}storage;person;prefix;all(){return this.
names().filter(name=>name.startsWith(this.prefix)).map(name=>JSON.parse(this.storage.getItem(name)??"null")).filter(entry=>entry!==
null).sort((a,b)=>a.made-b.made)}elsewhere(){let own=ownDrawers(this.person);return this.names().filter(name=>name.startsWith(
own)&&!name.startsWith(this.prefix)).length}put(kept){try{this.storage.setItem(this.prefix+kept.operation.operation,JSON.
stringify(kept))}catch{}}remove(id){this.storage.removeItem(this.prefix+id)}names(){return Array.from({length:this.storage.
length},(_,index)=>this.storage.key(index)??"")}};function ownDrawers(person){return`trigpoint/waiting/${encodeURIComponent(
person)}/`}var Outbox=class{constructor(drawer,deliver,changed){this.drawer=drawer;this.deliver=deliver;this.changed=changed;
for(let kept of drawer.all())this.waiting.set(kept.operation.operation,kept);this.lastMade=Math.max(0,...Array.from(this.
waiting.values(),kept=>kept.made))}drawer;deliver;changed;waiting=new Map;underWay=new Set;timer=null;unanswered=0;lastMade=0;get size(){
return this.waiting.size}get isStuck(){return this.unanswered>=2}kept(){return this.waiting.values()}add(operation,details={}){
this.lastMade=Math.max(this.lastMade+1,Date.now());let kept={operation,made:this.lastMade,...details};this.waiting.set(operation.
operation,kept),this.drawer.put(kept),this.flush()}settle(acked,refused){let settled={acked:acked.filter(id=>this.waiting.
has(id)),refused:refused.flatMap(({operation,reason})=>{let kept=this.waiting.get(operation);return kept===void 0?[]:[{kept,
reason}]})};for(let id of settled.acked)this.close(id);for(let{kept}of settled.refused)this.close(kept.operation.operation);
return settled.acked.length+settled.refused.length>0&&(this.unanswered=0),this.underWay.size===0&&(this.stopWaiting(),this.
flush()),settled}flush(){if(this.waiting.size===0||this.timer!==null)return;this.underWay=new Set(this.waiting.keys());let patience=Math.
min(4e3*2**this.unanswered,32e3);this.timer=setTimeout(()=>this.sendAgain(),patience),this.deliver(Array.from(this.waiting.
values(),kept=>kept.operation))}stopWaiting(){this.timer!==null&&clearTimeout(this.timer),this.timer=null,this.underWay.
clear()}sendAgain(){this.unanswered+=1,this.stopWaiting(),this.flush(),this.changed()}close(id){this.waiting.delete(id),
this.underWay.delete(id),this.drawer.remove(id)}};var palettes=0,Palette=class{element=make("div","tp-palette");input=make("input","tp-palette-input");title=make("div","t\
p-palette-title");chips=make("div","tp-chips");list=make("div","tp-options");about=make("div","tp-palette-about");hint=make(
"div","tp-palette-hint");id=`tp-palette-${palettes+=1}`;options=[];active=-1;picked=null;task=null;book;constructor(){this.
element.hidden=!0,this.element.dataset.trigpoint="palette",this.element.setAttribute("role","dialog"),this.input.type="t\
ext",this.input.spellcheck=!1,this.input.autocomplete="off",this.input.setAttribute("role","combobox"),this.input.setAttribute(
"aria-autocomplete","list"),this.input.setAttribute("aria-expanded","true"),this.input.setAttribute("aria-controls",`${this.
id}-list`),this.list.id=`${this.id}-list`,this.list.setAttribute("role","listbox"),this.chips.setAttribute("role","radio\
group"),this.element.append(this.title,this.input,this.chips,this.list,this.about,this.hint),this.input.addEventListener(
"input",()=>this.search()),this.input.addEventListener("keydown",event=>this.key(event)),keepsSelection(this.list),this.
element.addEventListener("focusout",event=>{let next=event.relatedTarget;next instanceof Node&&!this.element.contains(next)&&
this.close()})}get isOpen(){return this.task!==null}setBook(book){this.book=book;let{words}=book;this.input.placeholder=
words.search_codes,this.list.setAttribute("aria-label",words.codes),this.chips.setAttribute("aria-label",words.valence),
this.hint.textContent=words.palette_hint,this.chips.replaceChildren(...VALENCES.map(valence=>{let chip=makeButton("tp-ch\
ip","",()=>this.pick(valence));return chip.append(make("b","",signOf(valence)),make("span","",book.valenceWord(valence))),
chip.setAttribute("role","radio"),chip.tabIndex=-1,keepsSelection(chip),chip}))}open(task,frame,near){this.task=task,this.
title.textContent=task.title,this.element.setAttribute("aria-label",task.title),this.input.setAttribute("aria-label",task.
title),this.input.value="",this.pick(task.valence),this.search(),this.element.hidden=!1,this.place(frame,near),this.input.
focus({preventScroll:!0})}place(frame,near){let{offsetWidth:width,offsetHeight:height}=this.element,below=near.bottom-frame.
top+8,above=near.top-frame.top-height-8,top=below+height<=frame.height-8||above<8?below:above,left=Math.min(Math.max(8,near.
left-frame.left),Math.max(8,frame.width-width-8));this.element.style.top=`${Math.min(Math.max(8,top),Math.max(8,frame.height-
height-8))}px`,this.element.style.left=`${left}px`}close(){let task=this.task;task!==null&&(this.task=null,this.element.
hidden=!0,task.closed())}search(){let query=parseQuery(this.input.value);query.valence!==null&&this.pick(query.valence),
this.options=query.words.length===0?this.browse():this.find(query.words);let isSafe=query.words.length>0||this.options[0]?.
digit===1;this.active=isSafe&&this.options.length>0?0:-1,this.draw(query.words.length===0)}browse(){return[...(this.task?.
recent??[]).flatMap(key=>this.book.code(key)??[]).map((code,index)=>({code,digit:index+1})),...this.book.codes.map(code=>({
code,digit:null}))]}find(words){return this.book.search.find(words,this.task?.recent??[]).slice(0,60).map(code=>({code,digit:null}))}draw(isTree){
let rows=[];this.options.forEach((option,index)=>{isTree&&index===0&&option.digit===1&&rows.push(make("div","tp-options-\
head",this.book.words.recent)),isTree&&index>0&&option.digit===null&&this.options[index-1].digit!==null&&rows.push(make(
"div","tp-options-head",this.book.words.codes)),rows.push(this.option(option,index,isTree))}),this.options.length===0&&rows.
push(make("div","tp-options-head",this.book.words.no_code_found));for(let row of rows)row.className==="tp-options-head"&&
row.setAttribute("role","presentation");this.list.replaceChildren(...rows),this.list.scrollTop=0,this.mark()}option({code,
digit},index,isTree){let row=make("div","tp-option");return row.id=`${this.id}-${index}`,row.dataset.code=code.key,row.setAttribute(
"role","option"),row.style.setProperty("--level",this.book.colour(code.key)),isTree&&digit===null&&row.style.setProperty(
"--depth",String(this.book.depth(code))),row.classList.toggle("tp-option-level",this.book.hasChildren(code.key)),row.append(
make("i","tp-swatch"),make("span","tp-option-label",code.label),make("span","tp-key",code.key)),digit!==null&&row.append(
make("kbd","",String(digit))),row.addEventListener("click",event=>{this.active=index,this.choose(event.shiftKey)}),row.addEventListener(
"pointermove",()=>{this.active!==index&&(this.active=index,this.mark())}),row}mark(){for(let row of this.list.querySelectorAll(
".tp-option"))row.setAttribute("aria-selected",String(row.id===`${this.id}-${this.active}`));let current=this.options[this.
active];current===void 0?this.input.removeAttribute("aria-activedescendant"):this.input.setAttribute("aria-activedescend\
ant",`${this.id}-${this.active}`),this.about.textContent=current?.code.definition??""}move(step){let count=this.options.
length;count!==0&&(this.active=this.active===-1?step>0?0:count-1:(this.active+step+count)%count,this.mark(),this.showActive())}showActive(){
let row=this.list.querySelector('[aria-selected="true"]');if(row===null)return;let{offsetTop:top,offsetHeight:height}=row,
{scrollTop:first,clientHeight:room}=this.list;top<first?this.list.scrollTop=top:top+height>first+room&&(this.list.scrollTop=
top+height-room)}pick(valence){this.picked=valence,[...this.chips.children].forEach((chip,index)=>{chip.setAttribute("ar\
ia-checked",String(VALENCES[index]===valence))})}cycle(step){let position=VALENCES.indexOf(this.picked)+step;this.pick(VALENCES[(position+
VALENCES.length)%VALENCES.length]??null)}choose(again){let option=this.options[this.active];if(!(option===void 0||this.task===
null)){if(this.task.choose(option.code,this.picked,again),!again){this.close();return}this.input.value="",this.pick(null),
this.search()}}key(event){event.stopPropagation();let digit=/^(?:Digit|Numpad)([0-4])$/.exec(event.code);if(event.altKey&&
digit!==null){event.preventDefault(),this.pick(VALENCES[Number(digit[1])]??null);return}let action=this.actionFor(event);
action!==null&&(event.preventDefault(),action())}actionFor(event){if(event.isComposing)return null;switch(event.key){case"\
ArrowDown":return()=>this.move(1);case"ArrowUp":return()=>this.move(-1);case"PageDown":return()=>this.move(8);case"PageU\
p":return()=>this.move(-8);case"Enter":return()=>this.choose(event.shiftKey);case"Tab":return()=>this.cycle(event.shiftKey?
-1:1);case"Escape":return()=>this.close();default:return null}}};var RecentCodes=class{constructor(storage,person){this.storage=storage;this.name=`trigpoint/recent/${encodeURIComponent(
person)}`;let stored=storage?.getItem(this.name)??"";this.keys=stored.split(`
`).filter(key=>key!=="")}storage;name;keys=[];use(key){this.keys=[key,...this.keys.filter(other=>other!==key)].slice(0,9);
try{this.storage?.setItem(this.name,this.keys.join(`
`))}catch{}}};function codingFrom(row,coders){let[id,start,end,code,coder,valence,memo,mine]=row;return{id,start,end,code,coder:coders[coder]??
"",valence,memo,mine:mine===1}}function play(codings,kept,person){let operation=kept.operation;if(operation.type==="appl\
y"){let{operation:id,start,end,code,valence}=operation;codings.has(id)||codings.set(id,{id,start,end,code,valence,coder:person,
memo:"",mine:!0});return}if(operation.type==="undo"){for(let id of kept.reversal?.remove??[])codings.delete(id);let restored=kept.
reversal?.restore??null;restored!==null&&codings.set(restored.id,restored);return}let coding=codings.get(operation.coding);
if(coding!==void 0)if(operation.type==="retire")codings.delete(coding.id);else if(operation.type==="memo")codings.set(coding.
id,{...coding,memo:operation.text});else{let valence=operation.valence===void 0?coding.valence:operation.valence;codings.
set(coding.id,{...coding,code:operation.code??coding.code,valence})}}function replay(stored,waiting,person){let codings=new Map(
stored.map(coding=>[coding.id,coding]));for(let kept of waiting)play(codings,kept,person);return codings}function reversalOf(operation,before){
return operation.type==="undo"?null:operation.type==="apply"?{remove:[operation.operation],restore:null}:{remove:[operation.
coding,operation.operation],restore:before.get(operation.coding)??null}}function successor(gone,now,acked){for(let id of acked){
let heir=now.get(id);if(heir!==void 0&&heir.start===gone.start&&heir.end===gone.end)return heir}for(let coding of now.values())
if(coding.start===gone.start&&coding.end===gone.end&&coding.coder===gone.coder&&coding.code===gone.code)return coding;return null}var SHELF_EVENT="trigpoint:shelf";function fromShelf(name){return window.trigpointShelf?.get(name)}var style_default=`.tp-reader{--ground: #FBFAF7;--ground-2: #F1EFE8;--rule: #D9D5CA;--ink: #1E2226;--soft: #5A6068;--acc\
ent: #0B625E;--refusal: #B3261E;--shadow: 0 8px 28px #1e222626;--tp-sans: -apple-system, "Segoe UI", Inter, Roboto, sans\
-serif;--tp-serif: "Source Serif 4", Charter, "Iowan Old Style", Georgia, serif;container:reader / inline-size;position:\
relative;box-sizing:border-box;width:100%;outline:none;color:var(--ink);background:var(--ground);font:14px/1.45 var(--tp\
-sans)}.tp-reader[data-ground=dark]{--ground: #15181B;--ground-2: #1D2226;--rule: #343A40;--ink: #E8E4DB;--soft: #A3A9B0\
;--accent: #6CCDC2;--refusal: #FF8A7A;--shadow: 0 8px 28px #0009;color-scheme:dark}.tp-reader *,.tp-reader *::before{box\
-sizing:border-box}.tp-reader [hidden]{display:none!important}.tp-reader :focus-visible{outline:2px solid var(--accent);\
outline-offset:-2px}.tp-reader button{font:inherit;color:inherit;cursor:pointer}.tp-reader h2,.tp-reader h3,.tp-reader h\
4,.tp-reader p,.tp-reader dl,.tp-reader dd,.tp-reader blockquote{margin:0;padding:0;color:inherit;font:inherit;letter-sp\
acing:0}.tp-probe{position:absolute;width:0;height:0;visibility:hidden;background-color:var(--st-background-color, #fff)\
;transition:background-color 1ms!important}.tp-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:i\
nset(50%);user-select:none;white-space:nowrap}.tp-soft{color:var(--soft);font-size:13px}.tp-key{color:var(--soft);font-s\
ize:12px;font-variant-numeric:tabular-nums;white-space:nowrap}.tp-swatch{flex:none;width:4px;height:14px;background:var(\
--level)}.tp-reader kbd{font:12px var(--tp-sans);color:var(--soft);background:none;border:1px solid var(--rule);border-r\
adius:3px;padding:0 5px;white-space:pre}.tp-frame{display:grid;height:100%;grid-template:40px minmax(0,1fr) / 240px minm\
ax(0,1fr) 260px;grid-template-areas:"bar bar bar" "side text inspector"}.tp-frame.tp-no-tree{grid-template-columns:0 min\
max(0,1fr) 260px}.tp-no-tree .tp-side{display:none}.tp-bar-top{grid-area:bar;display:flex;align-items:center;gap:14px;bo\
rder-bottom:1px solid var(--rule)}.tp-reader .tp-title{flex:1;min-width:0;font-size:14px;font-weight:600;overflow:hidden\
;text-overflow:ellipsis;white-space:nowrap}.tp-status{color:var(--soft);font-size:13px;font-variant-numeric:tabular-nums\
}.tp-status[data-state=refused],.tp-status[data-state=stuck]{color:var(--refusal)}.tp-button{min-height:28px;padding:2px\
 10px;background:none;border:1px solid var(--rule);border-radius:4px}.tp-button:hover{border-color:var(--accent);color:v\
ar(--accent)}.tp-quiet{border-color:transparent;color:var(--soft);padding:2px 8px;white-space:nowrap}.tp-side{grid-area:\
side;overflow:hidden auto;border-right:1px solid var(--rule);padding:8px 0;overscroll-behavior:contain}.tp-tree-row{disp\
lay:flex;align-items:center;gap:7px;min-height:26px;padding:2px 12px 2px calc(2px + var(--depth) * 14px);cursor:pointer;\
line-height:1.3;user-select:none}.tp-tree-row[aria-level="1"]{font-weight:600}.tp-tree-row:not([aria-level="1"]) .tp-swa\
tch{opacity:.55;width:2px}.tp-tree-row:hover,.tp-tree-row[aria-selected=true]{background:var(--ground-2)}.tp-tree-row[ar\
ia-selected=true]{box-shadow:inset 2px 0 var(--accent)}.tp-tree-label{flex:1;min-width:0;overflow-wrap:break-word}.tp-co\
unt{color:var(--soft);font-size:12px;font-weight:400;font-variant-numeric:tabular-nums}.tp-fold{width:14px;text-align:ce\
nter;color:var(--soft);font-size:10px;flex:none}[aria-expanded=true]>.tp-fold::before{content:"\\25be"}[aria-expanded=fal\
se]>.tp-fold::before{content:"\\25b8"}.tp-scroller{--stripes: minmax(calc(126px * var(--tp-groups, 1)), 1fr);grid-area:te\
xt;position:relative;overflow:hidden auto;overscroll-behavior:contain;padding:0 0 40vh;scrollbar-gutter:stable;scrollbar\
-width:thin;scrollbar-color:var(--rule) transparent}.tp-scroller:focus-visible{outline:none;box-shadow:inset 2px 0 var(-\
-accent)}.tp-body{padding-top:20px}.tp-row,.tp-coders{display:grid;grid-template-columns:104px minmax(0,var(--tp-measure\
, 640px)) var(--stripes);column-gap:18px}.tp-row{position:relative;padding:4px 0;content-visibility:auto;contain-intrins\
ic-block-size:auto calc(var(--lines) * 27.2px + 8px)}.tp-words{grid-column:2;font:17px/1.6 var(--tp-serif);white-space:p\
re-wrap;overflow-wrap:anywhere;cursor:text;hanging-punctuation:first}.tp-words::selection{background:color-mix(in srgb,v\
ar(--accent) 26%,transparent)}.tp-blank{contain-intrinsic-block-size:12px;padding:0}.tp-blank .tp-words{line-height:12px\
}.tp-heading{padding-top:14px}.tp-heading .tp-words{font-weight:600;line-height:1.35}.tp-heading[data-level="1"] .tp-wor\
ds{font-size:21px}.tp-heading[data-level="2"] .tp-words{font-size:19px}.tp-margin{grid-column:1;grid-row:1;display:flex;\
flex-direction:column;align-items:flex-end;padding:5px 0 0 4px;text-align:right;user-select:none;color:var(--soft);font-\
size:12px;line-height:1.35;min-width:0}.tp-speaker{font-variant-caps:all-small-caps;letter-spacing:.03em;font-size:13.5p\
x;color:var(--ink);overflow-wrap:break-word;line-height:1.15;max-width:100%}.tp-time{font-variant-numeric:tabular-nums}.\
tp-stripes{grid-column:3;display:grid;grid-template-columns:repeat(var(--tp-groups, 1),minmax(0,1fr));user-select:none;m\
argin:-4px 0}.tp-lanes{position:relative;overflow:hidden}.tp-bar{position:absolute;width:7px;cursor:pointer}.tp-bar::bef\
ore{content:"";position:absolute;inset:0 3px 0 0;background:var(--level)}.tp-bar.tp-begins::before{border-top-left-radiu\
s:2px;border-top-right-radius:2px}.tp-bar.tp-ends::before{border-bottom-left-radius:2px;border-bottom-right-radius:2px}.\
tp-bar[data-strong]::before{inset:0 1px 0 -1px}.tp-label{position:absolute;height:15px;overflow:hidden;text-overflow:ell\
ipsis;white-space:nowrap;color:var(--level);font-size:11.5px;line-height:15px;font-variant-numeric:tabular-nums;cursor:p\
ointer}.tp-label:hover,.tp-label[data-strong]{font-weight:600;text-decoration:underline;text-underline-offset:2px}.tp-la\
bel-name{display:inline-block;margin-left:8px;color:var(--soft);font-weight:400}.tp-scroller[data-grouped] .tp-label-nam\
e{display:none}.tp-more{color:var(--soft)}.tp-coders{position:sticky;top:0;z-index:2;background:var(--ground);border-bot\
tom:1px solid var(--rule);font-size:13px;font-weight:600;line-height:28px}.tp-coder-names{display:grid;grid-template-col\
umns:repeat(var(--tp-groups, 1),minmax(0,1fr))}.tp-coder-names span{overflow:hidden;text-overflow:ellipsis;white-space:n\
owrap}.tp-code-button{position:absolute;z-index:3;min-height:28px;padding:2px 12px;user-select:none;border:0;border-radi\
us:4px;box-shadow:var(--shadow)}.tp-reader .tp-code-button{background:var(--accent);color:var(--ground)}.tp-inspector{gr\
id-area:inspector;overflow:hidden auto;border-left:1px solid var(--rule);padding:14px 4px 24px 16px;overscroll-behavior:\
contain}.tp-inspector>*+*{margin-top:12px!important}.tp-empty{color:var(--soft);max-width:34em;white-space:pre-line}.tp-\
reader .tp-coding-code{display:flex;align-items:baseline;gap:8px;font-size:15px;font-weight:600;line-height:1.3}.tp-codi\
ng-code .tp-swatch{align-self:stretch;height:auto}.tp-coding-code .tp-key{margin-left:auto;font-weight:400}.tp-chips{dis\
play:flex;flex-wrap:wrap;gap:4px}.tp-chip{display:inline-flex;gap:5px;align-items:center;min-height:26px;padding:0 9px;b\
ackground:none;border:1px solid var(--rule);border-radius:4px;font-size:13px!important}.tp-chip b:empty{display:none}.tp\
-chip:hover{border-color:var(--soft)}.tp-chip[aria-checked=true]{border-color:var(--accent);color:var(--accent);box-shad\
ow:inset 0 0 0 1px var(--accent)}.tp-reader .tp-quote{font:15px/1.5 var(--tp-serif);border-left:1px solid var(--rule);pa\
dding-left:10px;overflow-wrap:anywhere;white-space:pre-line}.tp-memo{display:block}.tp-memo span{display:block;color:var\
(--soft);font-size:13px;margin-bottom:3px}.tp-memo textarea{width:100%;resize:vertical;padding:7px 9px;font:14px/1.45 va\
r(--tp-sans);color:inherit;background:var(--ground);border:1px solid var(--rule);border-radius:4px}.tp-memo textarea::pl\
aceholder{color:var(--soft)}.tp-memo-text{white-space:pre-line}.tp-buttons{display:flex;flex-wrap:wrap;gap:8px}.tp-reade\
r .tp-also h4{color:var(--soft);font-size:13px;margin-bottom:2px}.tp-other{display:flex;gap:8px;align-items:center;width\
:100%;min-height:26px;padding:2px 0;background:none;border:0;text-align:left}.tp-other span:last-child{margin-left:auto}\
.tp-other:hover span:not(.tp-soft){text-decoration:underline}.tp-definition{border-top:1px solid var(--rule);padding-top\
:10px!important;font-size:13px!important}.tp-definition dt{color:var(--soft);font-weight:400;margin-top:6px}.tp-palette,\
.tp-help{position:absolute;z-index:10;background:var(--ground);border:1px solid var(--rule);border-radius:6px;box-shadow\
:var(--shadow)}.tp-palette{width:min(440px,calc(100% - 16px));padding:10px}.tp-palette-title{font:italic 13px/1.4 var(--\
tp-serif);color:var(--soft);margin-bottom:6px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.tp-palette-inpu\
t{width:100%;min-height:34px;padding:4px 10px;font:15px var(--tp-sans);color:inherit;background:var(--ground);border:1px\
 solid var(--accent);border-radius:4px}.tp-palette .tp-chips{margin:8px 0;flex-wrap:nowrap}.tp-palette .tp-chip{padding:\
0 7px}.tp-options{position:relative;max-height:238px;overflow:hidden auto;border-top:1px solid var(--rule);scrollbar-wid\
th:thin}.tp-options-head{color:var(--soft);font-size:12px;padding:6px 6px 2px}.tp-option{display:flex;align-items:center\
;gap:8px;min-height:26px;padding:2px 8px 2px calc(6px + var(--depth, 0) * 14px);border-radius:3px;cursor:pointer}.tp-opt\
ion-level .tp-option-label{font-weight:600}.tp-option-label{flex:1;min-width:0}.tp-option[aria-selected=true]{background\
:var(--ground-2);box-shadow:inset 2px 0 var(--accent)}.tp-palette-about{border-top:1px solid var(--rule);padding:6px 6px\
 0;color:var(--soft);font-size:13px;line-height:1.4;height:44px;overflow:hidden}.tp-palette-hint{padding:6px 6px 0;color\
:var(--soft);font-size:12px}.tp-help{inset:52px 16px auto auto;width:min(460px,calc(100% - 32px));max-height:calc(100% -\
 64px);overflow:auto;padding:16px 18px}.tp-reader .tp-help h3{font-size:15px;font-weight:600}.tp-help dl{display:grid;gr\
id-template-columns:auto 1fr;gap:6px 14px;margin:12px 0!important}.tp-help dt{font-weight:400}@container reader (max-wid\
th: 1240px){.tp-label-name{display:none}.tp-frame,.tp-frame.tp-no-tree{grid-template:40px minmax(0,1fr) min(200px,32%) /\
 220px minmax(0,1fr);grid-template-areas:"bar bar" "side text" "side inspector"}.tp-frame.tp-no-tree{grid-template-colum\
ns:0 minmax(0,1fr)}.tp-inspector{border-left:0;border-top:1px solid var(--rule);padding:12px 16px;columns:2 300px;column\
-gap:28px}.tp-inspector>*{break-inside:avoid}}@container reader (max-width: 820px){.tp-frame,.tp-frame.tp-no-tree{grid-t\
emplate-columns:minmax(0,1fr);grid-template-areas:"bar" "text" "inspector"}.tp-side{display:none}.tp-row,.tp-coders{grid\
-template-columns:56px minmax(0,1fr) 64px;column-gap:10px}.tp-scroller{--stripes: 64px}}@media(prefers-reduced-motion:no\
-preference){.tp-button,.tp-chip{transition:border-color 100ms,color 100ms}}@media(forced-colors:active){.tp-swatch,.tp-\
bar::before{forced-color-adjust:none}}[class*=st-key-trigpoint-shelf]{position:absolute;height:0;overflow:hidden}
`;var spaces=0,Highlights=class{constructor(nodeOf){this.nodeOf=nodeOf;document.head.append(this.sheet)}nodeOf;isSupported=typeof Highlight<
"u"&&CSS.highlights!==void 0;space=`trigpoint-${spaces+=1}`;sheet=document.createElement("style");named=new Map;drawn=new Map;flashTimer=null;setColours(colours,ground){
this.sheet.textContent=this.isSupported?colours.highlightRules(this.space,ground):""}draw(paragraph,parts){if(this.erase(
paragraph),!this.isSupported||parts.length===0)return;let ranges=parts.map(part=>{let highlight=this.get(String(part.slot),
0),range=this.range(paragraph,part);return highlight.add(range),{highlight,range}});this.drawn.set(paragraph,ranges)}erase(paragraph){
for(let{highlight,range}of this.drawn.get(paragraph)??[])highlight.delete(range);this.drawn.delete(paragraph)}strengthen(text,spans){
if(this.isSupported){for(let[name,highlight]of this.named)name.endsWith("-strong")&&highlight.clear();for(let span of spans)
this.add(this.get(`${span.slot}-strong`,1),text,span)}}hold(text,span){if(!this.isSupported)return;let held=this.get("he\
ld",2);held.clear(),span!==null&&this.add(held,text,span)}flash(text,span){if(!this.isSupported)return;let flash=this.get(
"flash",3);flash.clear(),this.add(flash,text,span),this.flashTimer!==null&&clearTimeout(this.flashTimer),this.flashTimer=
setTimeout(()=>flash.clear(),1800)}clear(){for(let highlight of this.named.values())highlight.clear();this.drawn.clear()}destroy(){
this.flashTimer!==null&&clearTimeout(this.flashTimer);for(let name of this.named.keys())CSS.highlights.delete(`${this.space}\
-${name}`);this.named.clear(),this.sheet.remove()}get(name,priority){let highlight=this.named.get(name);return highlight===
void 0&&(highlight=new Highlight,highlight.priority=priority,this.named.set(name,highlight),CSS.highlights.set(`${this.space}\
-${name}`,highlight)),highlight}add(highlight,text,span){for(let paragraph of text.touched(span))highlight.add(this.range(
paragraph,paragraph.part(span)))}range(paragraph,part){let node=this.nodeOf(paragraph);return new StaticRange({startContainer:node,
startOffset:paragraph.toUtf16(part.start),endContainer:node,endOffset:paragraph.toUtf16(part.end)})}};function readingOrder(a,b){return a.start-b.start||b.end-a.end||(a.id<b.id?-1:1)}function assignLanes(ordered){let lanes=new Map,
ends=new Map;for(let striped of ordered){let group=ends.get(striped.group)??[];ends.set(striped.group,group);let free=group.
findIndex(end=>end<=striped.start),lane=free===-1?group.length:free;group[lane]=striped.end,lanes.set(striped.id,lane)}return lanes}
function stackLabels(wanted,height,step){let room=Math.max(1,Math.floor(height/step));if(wanted.length<=room)return{tops:spread(
wanted,height,step),more:null};let shown=spread(wanted.slice(0,room-1),height-step,step),hidden=Array(wanted.length-shown.
length).fill(null);return{tops:[...shown,...hidden],more:Math.max(0,height-step)}}function spread(wanted,height,step){let tops=[];
for(let top of wanted)tops.push(Math.max(top,(tops.at(-1)??-step)+step));let limit=height;for(let position=tops.length-1;position>=
0;position-=1)tops[position]=Math.max(0,Math.min(tops[position],limit-step)),limit=tops[position];return tops}var SURROGATE_PAIR=/[\ud800-\udbff][\udc00-\udfff]/g;function countBelow(ascending,limit){let low=0,high=ascending.length;
for(;low<high;){let middle=low+high>>1;ascending[middle]<limit?low=middle+1:high=middle}return low}var Paragraph=class{constructor(index,text,start){
this.index=index;this.text=text;this.start=start;this.pairs16=Array.from(text.matchAll(SURROGATE_PAIR),match=>match.index),
this.pairs=this.pairs16.map((position,passed)=>position-passed),this.end=start+text.length-this.pairs16.length}index;text;start;end;pairs16;pairs;get length(){
return this.end-this.start}toUtf16(codePoints){return codePoints+countBelow(this.pairs,codePoints)}toCodePoints(utf16,snapUp){
let begun=countBelow(this.pairs16,utf16);return begun>0&&this.pairs16[begun-1]===utf16-1?utf16-begun+(snapUp?1:0):utf16-
begun}part(span){return{start:Math.max(0,span.start-this.start),end:Math.min(this.length,span.end-this.start)}}},TextMap=class{paragraphs;constructor(text){
let start=0;this.paragraphs=text.split(`
`).map((line,index)=>{let paragraph=new Paragraph(index,line,start);return start=paragraph.end+1,paragraph})}get length(){
return this.paragraphs.at(-1).end}at(codePoint){let low=0,high=this.paragraphs.length-1;for(;low<high;){let middle=low+high+
1>>1;this.paragraphs[middle].start<=codePoint?low=middle:high=middle-1}return this.paragraphs[low]}touched(span){let found=[];
for(let index=this.at(span.start).index;index<this.paragraphs.length;index+=1){let paragraph=this.paragraphs[index];if(paragraph.
start>=span.end)break;found.push(paragraph)}return found}slice(span){let lines=this.touched(span).map(paragraph=>{let part=paragraph.
part(span);return paragraph.text.slice(paragraph.toUtf16(part.start),paragraph.toUtf16(part.end))}),last=this.touched(span).
at(-1),endsWithLineEnd=last!==void 0&&span.end>last.end&&last.end<this.length;return lines.join(`
`)+(endsWithLineEnd?`
`:"")}trim(span){let words=this.slice(span),leading=words.length-words.trimStart().length,trailing=words.length-words.trimEnd().
length;return leading===words.length?null:{start:span.start+leading,end:span.end-trailing}}};var LINE=74,LANE_WIDTH=7,LABEL_STEP=15,NEAR="600px 0px",TextView=class{constructor(events){this.events=events;this.highlights=
new Highlights(paragraph=>this.rows[paragraph.index].node),this.scroller.tabIndex=0,this.scroller.setAttribute("role","d\
ocument"),this.scroller.append(this.coderNames,this.body),this.near=new IntersectionObserver(entries=>{for(let entry of entries)
this.setNear(this.rowOf.get(entry.target),entry.isIntersecting)},{root:this.scroller,rootMargin:NEAR}),this.sized=new ResizeObserver(
()=>this.resized()),this.sized.observe(this.scroller),this.scroller.addEventListener("scroll",()=>this.scrolled(),{passive:!0}),
this.body.addEventListener("pointerover",event=>this.events.point(codingId(event.target))),this.body.addEventListener("p\
ointerleave",()=>this.events.point(null)),this.body.addEventListener("click",event=>{let id=codingId(event.target);id!==
null&&this.events.choose(id)})}events;scroller=make("div","tp-scroller");body=make("div","tp-body");coderNames=make("div",
"tp-coders");highlights;text=new TextMap("");rows=[];rowOf=new WeakMap;codings=new Map;lanes=new Map;coders=[];laneCounts=[];book;top=0;anchor=null;width=0;near;sized;settling=null;show(text,sections){
this.near.disconnect(),this.highlights.clear(),this.text=new TextMap(text),this.codings=new Map,this.lanes=new Map,this.
body.replaceChildren(),this.setMeasure(text);let sectionAt=sectionsByStart(this.text,sections);this.rows=this.text.paragraphs.
map(paragraph=>this.makeRow(paragraph,sectionAt.get(paragraph.index))),this.body.append(...this.rows.map(row=>row.element));
for(let row of this.rows)this.near.observe(row.element)}setMeasure(text){let context=document.createElement("canvas").getContext(
"2d"),sample=text.slice(0,2e3).replace(/\s+/g," ");if(context===null||sample.length<200)return;context.font=`17px ${getComputedStyle(
this.scroller).getPropertyValue("--tp-serif")||"serif"}`;let width=context.measureText(sample).width/sample.length*LINE;
this.scroller.style.setProperty("--tp-measure",`${Math.round(Math.min(740,Math.max(460,width)))}px`)}makeRow(paragraph,section){
let element=make("div",paragraph.length===0?"tp-row tp-blank":"tp-row");element.dataset.start=String(paragraph.start),element.
dataset.end=String(paragraph.end),element.style.setProperty("--lines",String(Math.max(1,Math.ceil(paragraph.length/LINE))));
let words=make("div","tp-words");words.dir="auto";let node=document.createTextNode(paragraph.text);words.append(node);let margin=make(
"div","tp-margin");section!==void 0&&describeSection(section,element,words,margin);let stripes=make("div","tp-stripes"),
listed=make("div","tp-hidden");element.append(margin,words,listed,stripes);let row={paragraph,element,words,node,stripes,
listed,parts:[],isNear:!1};return this.rowOf.set(element,row),row}setBook(book){this.book=book,this.scroller.setAttribute(
"aria-label",book.words.text)}setCoders(coders){coders.join(`
`)!==this.coders.join(`
`)&&(this.coders=coders,this.coderNames.hidden=!this.isGrouped,this.scroller.toggleAttribute("data-grouped",this.isGrouped),
this.coderNames.replaceChildren(make("span"),make("span"),make("div","tp-coder-names")),this.coderNames.lastElementChild.
append(...coders.map(coder=>make("span","",coder))),this.scroller.style.setProperty("--tp-groups",String(this.isGrouped?
coders.length:1)))}get isGrouped(){return this.coders.length>1}get lanesPerGroup(){return this.isGrouped?5:8}setCodings(codings,everything=!1){
let changed=new Set,touch=coding=>{for(let paragraph of this.text.touched(coding))changed.add(this.rows[paragraph.index])},
before=this.codings;for(let[id,coding]of before)looksEqual(coding,codings.get(id))||touch(coding);for(let[id,coding]of codings)
looksEqual(coding,before.get(id))||touch(coding);if(everything)for(let row of this.rows)row.parts.length>0&&changed.add(
row);if(this.codings=codings,changed.size===0)return;let ordered=Array.from(codings.values(),coding=>({...coding,group:this.
groupOf(coding)}));ordered.sort(readingOrder);let lanes=assignLanes(ordered.map(coding=>({...coding,end:this.lineAfter(coding)})));
for(let coding of ordered)this.lanes.get(coding.id)!==lanes.get(coding.id)&&touch(coding);this.lanes=lanes,this.countLanes(
ordered);for(let row of changed)row.parts=[];for(let{group,...coding}of ordered)this.addParts(coding,group,changed);for(let row of changed)
this.describe(row);this.draw([...changed].filter(row=>row.isNear))}lineAfter({end}){return Math.min(end+LINE,Math.max(end,
this.text.at(end-1).end))}groupOf(coding){return this.isGrouped?Math.max(0,this.coders.indexOf(coding.coder)):0}countLanes(codings){
this.laneCounts=[];for(let coding of codings){let count=Math.min(this.lanesPerGroup,(this.lanes.get(coding.id)??0)+1);this.
laneCounts[coding.group]=Math.max(this.laneCounts[coding.group]??1,count)}}addParts(coding,group,rows){for(let paragraph of this.
text.touched(coding)){let row=this.rows[paragraph.index],part=paragraph.part(coding);!rows.has(row)||part.end<=part.start||
row.parts.push({...part,coding,group,slot:this.book.slot(coding.code),lane:this.lanes.get(coding.id)??0,begins:coding.start>=
paragraph.start,ends:coding.end<=paragraph.end})}}describe(row){let told=row.parts.map(({coding})=>{let spoken=this.book.
spoken(coding);return this.isGrouped?fill(this.book.words.by_coder,{coding:spoken,coder:coding.coder}):spoken});row.listed.
textContent=told.length===0?"":fill(this.book.words.codes_here,{codes:told.join("; ")})}setNear(row,isNear){row.isNear!==
isNear&&(row.isNear=isNear,isNear?this.draw([row]):(this.highlights.erase(row.paragraph),row.stripes.replaceChildren()))}draw(rows){
let measured=rows.map(row=>row.parts.length===0?null:measure(row));rows.forEach((row,index)=>{this.highlights.draw(row.paragraph,
row.parts);let geometry=measured[index]??null;row.stripes.replaceChildren(),geometry!==null&&row.stripes.append(this.drawStripes(
row,geometry))})}drawStripes(row,geometry){let drawn=document.createDocumentFragment();for(let group=0;group<Math.max(1,
this.isGrouped?this.coders.length:1);group+=1){let element=make("div","tp-lanes"),own=row.parts.map((part,index)=>({part,
...geometry.places[index]})).filter(({part})=>part.group===group);for(let{part,top,bottom}of own)part.lane<this.lanesPerGroup&&
element.append(this.bar(part,top,bottom));element.append(...this.labels(own,group,geometry.height)),drawn.append(element)}
return drawn}bar(part,top,bottom){let bar=make("span",`tp-bar${part.begins?" tp-begins":""}${part.ends?" tp-ends":""}`);
return bar.dataset.coding=part.coding.id,bar.title=this.titleOf(part.coding),bar.style.cssText=`top:${top}px;height:${Math.
max(4,bottom-top)}px;left:${part.lane*LANE_WIDTH}px`,bar.style.setProperty("--level",this.book.colour(part.coding.code)),
bar}labels(places,group,height){let left=(this.laneCounts[group]??1)*LANE_WIDTH+6,named=places.filter(({part})=>part.begins&&
part.lane<this.lanesPerGroup),crowded=places.filter(({part})=>part.begins&&part.lane>=this.lanesPerGroup),stacked=stackLabels(
[...named,...crowded].map(({top})=>top),height,LABEL_STEP),hidden=[...named,...crowded].filter((_,index)=>stacked.tops[index]===
null),labels=[...named,...crowded].flatMap(({part},index)=>{let top=stacked.tops[index]??null;return top===null?[]:[this.
label(part.coding,top,left)]});return hidden.length>0&&labels.push(this.more(hidden,stacked.more??0,left)),labels}label(coding,top,left){
let label=make("span","tp-label",`${coding.code} ${signOf(coding.valence)}`.trimEnd());return label.append(make("span","\
tp-label-name",this.book.label(coding.code))),label.dataset.coding=coding.id,label.title=this.titleOf(coding),label.style.
cssText=`top:${top}px;left:${left}px;max-width:calc(100% - ${left}px)`,label.style.setProperty("--level",this.book.colour(
coding.code)),label}more(hidden,top,left){let label=make("span","tp-label tp-more",`+${hidden.length}`);label.dataset.coding=
hidden[0].part.coding.id;let titles=hidden.map(({part})=>this.titleOf(part.coding)).join(`
`);return label.title=`${fill(this.book.words.more_codings,{n:hidden.length})}
${titles}`,label.style.cssText=`top:${top}px;left:${left}px`,label}titleOf(coding){return fill(this.book.words.by_coder,
{coding:this.book.spoken(coding),coder:coding.coder})}strengthen(ids){let codings=ids.flatMap(id=>this.codings.get(id)??
[]);this.highlights.strengthen(this.text,codings.map(coding=>({...coding,slot:this.book.slot(coding.code)})));for(let element of this.
body.querySelectorAll("[data-strong]"))delete element.dataset.strong;for(let id of ids)for(let element of this.body.querySelectorAll(
`[data-coding="${CSS.escape(id)}"]`))element.dataset.strong=""}codePointAt(node,offset,isEnd){if(node===this.body)return this.
rows[offset]?.paragraph.start??this.text.length;let element=node instanceof Element?node:node.parentElement,row=this.rowOf.
get(element?.closest(".tp-row")??this.scroller);return row===void 0?null:node===row.node?row.paragraph.start+row.paragraph.
toCodePoints(offset,isEnd):(row.words.contains(node)?offset>0:node===row.element?offset>1:(row.words.compareDocumentPosition(
node)&Node.DOCUMENT_POSITION_FOLLOWING)!==0)?row.paragraph.end:row.paragraph.start}selectedSpan(){let selection=document.
getSelection();if(selection===null||selection.isCollapsed||selection.rangeCount===0)return null;let range=selection.getRangeAt(
0);if(!this.body.contains(range.commonAncestorContainer))return null;let start=this.codePointAt(range.startContainer,range.
startOffset,!1),end=this.codePointAt(range.endContainer,range.endOffset,!0);return start===null||end===null||end<=start?
null:this.text.trim({start,end})}caret(){let selection=document.getSelection();return selection===null||selection.focusNode===
null||!this.body.contains(selection.focusNode)?null:this.codePointAt(selection.focusNode,selection.focusOffset,!1)}select(span){
let[start,end]=[this.place(span.start),this.place(span.end)];document.getSelection()?.setBaseAndExtent(start.node,start.
offset,end.node,end.offset)}place(codePoint){let paragraph=this.text.at(codePoint);return{node:this.rows[paragraph.index].
node,offset:paragraph.toUtf16(Math.min(paragraph.length,codePoint-paragraph.start))}}rectangle(span){let range=document.
createRange(),[start,end]=[this.place(span.start),this.place(span.end)];range.setStart(start.node,start.offset),range.setEnd(
end.node,end.offset);let rectangles=range.getClientRects();return rectangles[rectangles.length-1]??range.getBoundingClientRect()}codePointUnder(x,y){
let range=document.caretRangeFromPoint(x,y);if(range===null||range.startContainer.nodeType!==Node.TEXT_NODE||!this.body.
contains(range.startContainer))return null;let rectangle=range.startContainer.parentElement.getBoundingClientRect();return x<
rectangle.left||x>rectangle.right||y<rectangle.top||y>rectangle.bottom?null:this.codePointAt(range.startContainer,range.
startOffset,!1)}reveal(span){let view=this.scroller.getBoundingClientRect(),start=this.rectangle({start:span.start,end:Math.
min(span.end,span.start+1)}),end=this.rectangle(span),top=view.top+40,bottom=view.bottom-24;start.top<top?this.scroller.
scrollTop-=top-start.top:end.bottom>bottom&&(this.scroller.scrollTop+=Math.min(end.bottom-bottom,start.top-top))}scrollTo(codePoint){
let row=this.rows[this.text.at(codePoint).index];for(let round=0;round<2;round+=1){this.scroller.scrollTop+=this.offsetOf(
row);let place=this.rectangle({start:codePoint,end:codePoint+1}),view=this.scroller.getBoundingClientRect();this.scroller.
scrollTop+=place.top-view.top-view.height/3}this.rememberAnchor()}scrollToRow(codePoint){this.scroller.scrollTop+=this.offsetOf(
this.rows[this.text.at(codePoint).index]),this.rememberAnchor()}isVisible(codePoint){let place=this.rectangle({start:codePoint,
end:codePoint+1}),view=this.scroller.getBoundingClientRect();return place.bottom>view.top&&place.top<view.bottom}get placeOnTop(){
return this.anchor?.row.paragraph.start??0}firstVisible(){let top=this.scroller.getBoundingClientRect().top;return this.
rows.find(({element})=>element.getBoundingClientRect().bottom>top+20)?.paragraph.start??0}scrolled(){!this.scroller.isConnected||
this.scroller.clientHeight===0||(this.top=this.scroller.scrollTop,this.settling!==null&&clearTimeout(this.settling),this.
settling=setTimeout(()=>this.rememberAnchor(),150))}rememberAnchor(){this.top=this.scroller.scrollTop;let index=this.text.
at(this.firstVisible()).index,row=this.rows[index];row!==void 0&&(this.anchor={row,offset:this.offsetOf(row)})}offsetOf(row){
return row.element.getBoundingClientRect().top-this.scroller.getBoundingClientRect().top}resized(){let width=this.scroller.
clientWidth;if(width===0||width===this.width)return;let isFirst=this.width===0;this.width=width,!isFirst&&(this.anchor!==
null&&(this.scroller.scrollTop+=this.offsetOf(this.anchor.row)-this.anchor.offset),this.draw(this.rows.filter(row=>row.isNear&&
row.parts.length>0)))}restoreScroll(){this.scroller.scrollTop=this.top}destroy(){this.settling!==null&&clearTimeout(this.
settling),this.near.disconnect(),this.sized.disconnect(),this.highlights.destroy()}};function measure(row){let base=row.
element.getBoundingClientRect(),range=document.createRange(),places=row.parts.map(part=>{range.setStart(row.node,row.paragraph.
toUtf16(part.start)),range.setEnd(row.node,row.paragraph.toUtf16(part.end));let words=range.getBoundingClientRect();return{
top:part.begins?Math.round(words.top-base.top):0,bottom:part.ends?Math.round(words.bottom-base.top):Math.ceil(base.height)}});
return{height:base.height,places}}function looksEqual(one,other){return one===other?!0:other===void 0?!1:one.start===other.
start&&one.end===other.end&&one.code===other.code&&one.valence===other.valence&&one.coder===other.coder}function codingId(target){
return target instanceof HTMLElement?target.closest("[data-coding]")?.dataset.coding??null:null}function sectionsByStart(text,sections){
let found=new Map;for(let section of sections){let index=text.at(section[1]).index;found.has(index)||found.set(index,section)}
return found}function describeSection(section,row,words,margin){let[kind,,,level,speaker,seconds]=section;if(row.classList.
add(`tp-${kind}`),kind==="heading"){let depth=Math.min(6,Math.max(1,level??2));row.dataset.level=String(depth),words.setAttribute(
"role","heading"),words.setAttribute("aria-level",String(Math.min(6,depth+1)))}speaker!==null&&margin.append(make("span",
"tp-speaker",speaker)),seconds!==null&&margin.append(make("span","tp-time",clock(seconds)))}function clock(seconds){let whole=Math.
floor(seconds),two=value=>String(value).padStart(2,"0"),[hours,minutes,rest]=[Math.floor(whole/3600),Math.floor(whole/60)%
60,whole%60];return hours===0?`${two(minutes)}:${two(rest)}`:`${hours}:${two(minutes)}:${two(rest)}`}var CodeTree=class{constructor(choose){this.choose=choose;this.element.setAttribute("role","tree"),keepsSelection(this.element),
this.element.addEventListener("click",event=>this.clicked(event)),this.element.addEventListener("keydown",event=>this.key(
event))}choose;element=make("div","tp-tree");rows=new Map;folded=new Set;current="";book;setBook(book){this.book=book,this.
element.setAttribute("aria-label",book.words.codes),this.rows.clear(),this.current=book.codes[0]?.key??"",this.element.replaceChildren(
...book.codes.map(code=>this.makeRow(code))),this.refresh()}makeRow(code){let row=make("div","tp-tree-row"),depth=this.book.
depth(code);row.dataset.key=code.key,row.title=code.definition===""?code.key:`${code.key}: ${code.definition}`,row.setAttribute(
"role","treeitem"),row.setAttribute("aria-level",String(depth+1)),row.style.setProperty("--level",this.book.colour(code.
key)),row.style.setProperty("--depth",String(depth));let fold2=make("span","tp-fold");fold2.setAttribute("aria-hidden","\
true");let count=make("span","tp-count");return row.append(fold2,make("i","tp-swatch"),make("span","tp-tree-label",code.
label),count),this.rows.set(code.key,{row,count}),row}setCodings(codings){let counts=new Map;for(let coding of codings){
let key=coding.code;for(let depth=0;key!==null&&depth<10;depth+=1)counts.set(key,(counts.get(key)??0)+1),key=this.book.code(
key)?.parent??null}for(let[key,{count}]of this.rows){let text=String(counts.get(key)??"");count.textContent!==text&&(count.
textContent=text)}}mark(key){for(let[own,{row}]of this.rows)row.setAttribute("aria-selected",String(own===key))}isHidden(code){
for(let above=code.parent;above!==null;above=this.book.code(above)?.parent??null)if(this.folded.has(above))return!0;return!1}refresh(){
for(let code of this.book.codes){let{row}=this.rows.get(code.key);row.hidden=this.isHidden(code),row.tabIndex=code.key===
this.current?0:-1,this.book.hasChildren(code.key)&&row.setAttribute("aria-expanded",String(!this.folded.has(code.key)))}}fold(key,isFolded){
isFolded?this.folded.add(key):this.folded.delete(key),this.refresh()}clicked(event){if(!(event.target instanceof HTMLElement))
return;let key=event.target.closest(".tp-tree-row")?.dataset.key,code=key===void 0?void 0:this.book.code(key);if(code!==
void 0){if(event.target.classList.contains("tp-fold")&&this.book.hasChildren(code.key)){this.fold(code.key,!this.folded.
has(code.key));return}this.current=code.key,this.refresh(),this.choose(code)}}key(event){let visible=this.book.codes.filter(
code2=>!this.isHidden(code2)),position=visible.findIndex(code2=>code2.key===this.current),code=visible[position];if(code===
void 0||event.altKey||event.ctrlKey||event.metaKey)return;let isOpen=this.book.hasChildren(code.key)&&!this.folded.has(code.
key),goTo=next=>{next!==void 0&&(this.current=next.key,this.refresh(),this.rows.get(next.key).row.focus())},action={ArrowDown:()=>goTo(
visible[position+1]),ArrowUp:()=>goTo(visible[position-1]),Home:()=>goTo(visible[0]),End:()=>goTo(visible.at(-1)),ArrowRight:()=>isOpen?
goTo(visible[position+1]):this.fold(code.key,!1),ArrowLeft:()=>isOpen?this.fold(code.key,!0):goTo(this.book.code(code.parent??
"")),Enter:()=>this.choose(code)," ":()=>this.choose(code)}[event.key];action!==void 0&&(event.preventDefault(),event.stopPropagation(),
action())}};var Sentences=class{constructor(text){this.text=text}text;segmenter=new Intl.Segmenter(void 0,{granularity:"sentence"});known=new Map;of(paragraph){
let spans=this.known.get(paragraph.index);return spans===void 0&&(spans=this.split(paragraph),this.known.set(paragraph.index,
spans)),spans}split(paragraph){let spans=[];for(let{index,segment}of this.segmenter.segment(paragraph.text)){let trimmed=this.
text.trim({start:paragraph.start+paragraph.toCodePoints(index,!1),end:paragraph.start+paragraph.toCodePoints(index+segment.
length,!0)});trimmed!==null&&spans.push(trimmed)}return spans}from(codePoint){let first=this.text.at(codePoint).index;for(let index=first;index<
this.text.paragraphs.length;index+=1){let found=this.of(this.text.paragraphs[index]).find(span=>span.start>=codePoint);if(found!==
void 0)return found}return null}until(codePoint){for(let index=this.text.at(codePoint).index;index>=0;index-=1){let found=this.
of(this.text.paragraphs[index]).findLast(span=>span.end<=codePoint);if(found!==void 0)return found}return null}around(codePoint){
return this.of(this.text.at(codePoint)).find(span=>codePoint<span.end)??this.from(codePoint)}};function sameSpan(one,other){return one!==null&&other!==null&&one.start===other.start&&one.end===other.end}var SentenceWalk=class{sentences;anchor=null;cursor=null;made=null;constructor(text){
this.sentences=new Sentences(text)}around(codePoint){return this.sentences.around(codePoint)}step(direction,extend,selected,from){
if(selected===null)return this.startAt(direction===1?this.sentences.around(from):this.sentences.until(from));sameSpan(selected,
this.made)||this.startAt(selected);let origin=extend?this.cursor:selected,next=direction===1?this.sentences.from(origin.
end):this.sentences.until(origin.start);if(next===null)return null;if(!extend)return this.startAt(next);this.cursor=next;
let anchor=this.anchor;return this.made={start:Math.min(anchor.start,next.start),end:Math.max(anchor.end,next.end)},this.
made}startAt(span){return this.anchor=span,this.cursor=span,this.made=span,span}};var SMALLEST_HEIGHT=420,Reader=class{constructor(data,setStateValue){this.data=data;this.setStateValue=setStateValue;let{
document:text,person}=data;this.drawer=new StorageDrawer(window.localStorage,person,text.id,text.version),this.outbox=new Outbox(
this.drawer,operations=>this.deliver(operations),()=>this.showStatus()),this.recent=new RecentCodes(window.localStorage,
person),this.assemble(),this.listen()}data;setStateValue;root=make("section","tp-reader");frame=make("div","tp-frame");title=make(
"h2","tp-title");status=make("span","tp-status");live=make("div","tp-hidden");treeToggle=makeButton("tp-button tp-quiet",
"",()=>this.toggleTree());helpButton=makeButton("tp-button tp-quiet","",()=>this.help.toggle(this.view.scroller));codeButton=makeButton(
"tp-code-button","",()=>this.openPalette());probe=watchGround(ground=>this.setGround(ground));view=new TextView({choose:id=>this.
choose(id),point:id=>this.point(id)});tree=new CodeTree(code=>this.chooseCode(code));palette=new Palette;help=new KeyHelp;inspector=new Inspector(
{setValence:(coding,valence)=>this.change(coding,{valence}),setMemo:(coding,text)=>this.setMemo(coding,text),retire:coding=>this.
retire(coding),changeCode:coding=>this.openPaletteToChange(coding),choose:id=>this.choose(id),leave:()=>this.view.scroller.
focus({preventScroll:!0})});drawer;outbox;recent;history=[];lastUsed=null;book=null;bookName="";walk=null;stored=[];codings=new Map;selected=null;pointed=null;shownCode=null;span=null;refusal="";shownAt=null;isAttached=!1;hadFocus=!1;pointerFrame=0;leaving=new AbortController;assemble(){
let{root,frame}=this;root.dataset.trigpoint="reader",root.dataset.document=this.data.document.id,root.tabIndex=-1;let style=make(
"style","",style_default),bar=make("header","tp-bar-top");bar.append(this.treeToggle,this.title,this.status,this.helpButton),
this.status.setAttribute("role","status"),this.live.setAttribute("aria-live","polite"),this.codeButton.hidden=!0,this.codeButton.
tabIndex=-1,keepsSelection(this.codeButton),this.view.scroller.append(this.codeButton);let side=make("nav","tp-side");side.
append(this.tree.element),frame.append(bar,side,this.view.scroller,this.inspector.element),root.append(style,this.probe,
frame,this.palette.element,this.help.element,this.live)}listen(){let{root}=this,until={signal:this.leaving.signal};root.
addEventListener("keydown",event=>this.key(event)),root.addEventListener("focus",()=>this.view.scroller.focus({preventScroll:!0})),
root.addEventListener("focusin",()=>this.hadFocus=!0),root.addEventListener("focusout",event=>{event.relatedTarget!==null&&
(this.hadFocus=root.contains(event.relatedTarget))});let{scroller}=this.view;scroller.addEventListener("pointerdown",()=>this.
codeButton.hidden=!0),scroller.addEventListener("pointermove",event=>this.pointAt(event)),scroller.addEventListener("cli\
ck",event=>this.clickedText(event)),document.addEventListener("pointerup",()=>setTimeout(()=>this.offerCode()),until),document.
addEventListener("selectionchange",()=>this.noteSelection(),until),window.addEventListener(SHELF_EVENT,()=>this.refresh(),
until),window.addEventListener("resize",()=>this.fitHeight(),until),window.addEventListener("online",()=>this.outbox.flush(),
until),window.addEventListener("pagehide",()=>this.leave(),until)}attach(host){let{scroller}=this.view,span=this.span;host.
append(this.root),this.isAttached=!0,this.fitHeight(),this.setGround(groundOf(this.probe)),this.view.restoreScroll(),(document.
activeElement===null||document.activeElement===document.body)&&this.hadFocus&&(scroller.focus({preventScroll:!0}),span!==
null&&this.view.select(span))}detach(){this.leave(),this.isAttached=!1,this.outbox.stopWaiting()}destroy(){this.outbox.stopWaiting(),
this.leaving.abort(),this.view.destroy(),this.root.remove()}leave(){this.inspector.finishMemo();try{window.sessionStorage.
setItem(this.placeName,String(this.view.placeOnTop))}catch{}}get placeName(){let{id,version}=this.data.document;return`t\
rigpoint/place/${encodeURIComponent(id)}/${encodeURIComponent(version)}`}update(data,setStateValue){this.data=data,this.
setStateValue=setStateValue,this.fitHeight(),this.refresh()}refresh(){let{data}=this,text=fromShelf(data.text_shelf),shelf=fromShelf(
data.book_shelf);if(!this.isAttached||text===void 0||shelf===void 0)return;let isOtherBook=this.bookName!==data.book_shelf;
isOtherBook&&this.setBook(new Book(shelf),data.book_shelf),this.title.textContent=data.document.title,this.root.dataset.
readOnly=String(data.read_only),this.view.setCoders(data.coders);let isFirst=this.walk===null;isFirst&&(this.view.show(text.
text,text.sections),this.walk=new SentenceWalk(this.view.text)),this.stored=data.codings.map(row=>codingFrom(row,data.coders));
let settled=this.outbox.settle(data.acked,data.refused);for(let{kept,reason}of settled.refused)this.takeBack(kept.operation.
operation,reason);settled.acked.length>0&&settled.refused.length===0&&(this.refusal=""),this.redraw(isOtherBook,settled.
acked),isFirst&&this.opened(),this.goTo(data.at),settled.acked.length>0&&this.tell("trigpoint:acked",settled.acked)}setBook(book,name){
this.book=book,this.bookName=name;for(let part of[this.view,this.tree,this.palette,this.inspector,this.help])part.setBook(
book);this.helpButton.textContent=`? ${book.words.keys}`,this.codeButton.textContent=book.words.code_button,this.nameTreeToggle(),
this.setGround(groundOf(this.probe))}opened(){let{id}=this.data.document,place=Number(window.sessionStorage.getItem(this.
placeName)??0);this.data.at===null&&place>0&&place<this.view.text.length&&this.view.scrollToRow(place),(document.activeElement===
null||document.activeElement===document.body)&&!this.data.read_only&&this.view.scroller.focus({preventScroll:!0}),this.outbox.
flush(),afterPaint(()=>{let detail={document:id,codings:this.codings.size};window.dispatchEvent(new CustomEvent("trigpoi\
nt:ready",{detail}))})}takeBack(operation,reason){this.refusal=reason;let position=this.history.findIndex(entry=>entry.operation===
operation);position!==-1&&this.history.splice(position,1),this.say(fill(this.words.said_refused,{reason}))}goTo(at){if(at===
this.shownAt||(this.shownAt=at,at===null||at<0||at>=this.view.text.length))return;let coding=[...this.codings.values()].
find(({start})=>start===at)??null;this.view.scrollTo(at);let span=coding??this.walk.around(at);coding!==null&&this.choose(
coding.id),span!==null&&this.view.highlights.flash(this.view.text,span)}get words(){return this.book.words}redraw(everything=!1,acked=[]){
if(this.codings=replay(this.stored,this.outbox.kept(),this.data.person),this.view.setCodings(this.codings,everything),this.
tree.setCodings(this.codings.values()),this.selected!==null){let now=this.codings.get(this.selected.id)??successor(this.
selected,this.codings,acked);this.selected=now}this.pointed!==null&&!this.codings.has(this.pointed)&&(this.pointed=null),
this.showSelected(),this.showStatus(),this.root.dataset.codings=String(this.codings.size)}showSelected(){let{selected,shownCode}=this;
if(this.view.strengthen([...new Set([selected?.id,this.pointed])].filter(id=>typeof id=="string")),this.tree.mark(selected?.
code??shownCode?.key??null),this.root.dataset.selected=selected?.id??"",selected!==null)this.inspector.showCoding({coding:selected,
quote:this.view.text.slice(selected),alsoHere:this.others(selected),canChange:this.canChange(selected)});else if(shownCode!==
null){let count=[...this.codings.values()].filter(({code})=>code===shownCode.key).length;this.inspector.showCode(shownCode,
count)}else this.inspector.showNothing(this.data.read_only)}others(coding){return this.inOrder().filter(other=>other.id!==
coding.id&&other.start<coding.end&&other.end>coding.start)}showStatus(){if(this.book===null)return;let{size}=this.outbox;
this.root.dataset.pending=String(size);let[state,text]=this.statusNow(size);this.status.dataset.state=state,this.status.
textContent!==text&&(this.status.textContent=text)}statusNow(waiting){let{words}=this;if(this.refusal!=="")return["refus\
ed",fill(words.not_saved,{reason:this.refusal})];if(this.outbox.isStuck)return["stuck",fill(words.not_saved,{reason:fill(
words.no_answer,{n:waiting})})];if(waiting>0)return["saving",fill(words.saving,{n:waiting})];let elsewhere=this.drawer.elsewhere();
return elsewhere>0?["stuck",fill(words.waiting_elsewhere,{n:elsewhere})]:this.data.read_only?["read-only",this.data.reason_read_only||
words.read_only]:["saved",words.saved]}say(text){this.live.textContent=text}tell(event,operations){afterPaint(()=>window.
dispatchEvent(new CustomEvent(event,{detail:{operations}})))}setGround(ground){this.root.dataset.ground=ground,this.book!==
null&&(this.book.colours.setVariables(this.root,ground),this.view.highlights.setColours(this.book.colours,ground))}fitHeight(){
if(!this.isAttached)return;let{height}=this.data,top=this.root.getBoundingClientRect().top+this.scrolledPage(),pixels=height??
Math.max(SMALLEST_HEIGHT,window.innerHeight-top-16);this.root.style.height=`${Math.round(pixels)}px`}scrolledPage(){let scrolled=0;
for(let above=this.root.parentElement;above!==null;above=above.parentElement)scrolled+=above.scrollTop;return scrolled}toggleTree(){
this.frame.classList.toggle("tp-no-tree"),this.nameTreeToggle()}nameTreeToggle(){let isHidden=this.frame.classList.contains(
"tp-no-tree");this.treeToggle.textContent=`${isHidden?"▸":"◂"} ${this.words.codes}`,this.treeToggle.setAttribute("ar\
ia-expanded",String(!isHidden)),this.treeToggle.title=isHidden?this.words.show_codes:this.words.hide_codes}deliver(operations){
let{id,version}=this.data.document,message={document:id,version,person:this.data.person,sent:Date.now(),operations};setTimeout(
()=>{this.isAttached&&this.setStateValue("outbox",message)})}perform(operation){let reversal=operation.type==="undo"?this.
history.pop()?.reversal:reversalOf(operation,this.codings);operation.type!=="undo"&&reversal&&this.history.push({operation:operation.
operation,reversal}),this.refusal="",this.outbox.add(operation,operation.type==="undo"&&reversal?{reversal}:{}),this.redraw(),
this.tell("trigpoint:painted",[operation.operation])}refuseReadOnly(){return this.data.read_only?(this.say(this.data.reason_read_only||
this.words.read_only),!0):!1}canChange(coding){return coding.mine&&!this.data.read_only}apply(code,valence,span){if(this.
refuseReadOnly())return;this.recent.use(code.key),this.lastUsed={code,valence};let same=[...this.codings.values()].find(
coding=>coding.mine&&coding.code===code.key&&coding.start===span.start&&coding.end===span.end);if(same!==void 0){this.choose(
same.id),same.valence===valence?this.say(fill(this.words.said_already,{code:code.label})):this.change(same,{valence});return}
let operation=newId();this.shownCode=null,this.selected={id:operation,...span,code:code.key,valence,coder:this.data.person,
memo:"",mine:!0},this.perform({operation,type:"apply",start:span.start,end:span.end,code:code.key,valence}),this.say(fill(
this.words.said_coded,{code:this.book.spoken({code:code.key,valence})}))}change(coding,to){if(!this.canChange(coding))return;
let code=to.code!==void 0&&to.code!==coding.code?{code:to.code}:{},valence=to.valence!==void 0&&to.valence!==coding.valence?
{valence:to.valence}:{};if(Object.keys({...code,...valence}).length===0)return;this.perform({operation:newId(),type:"cha\
nge",coding:coding.id,...code,...valence});let now=this.codings.get(coding.id)??coding;this.say(fill(this.words.said_changed,
{code:this.book.spoken(now)}))}setMemo(coding,text){let now=this.codings.get(coding.id);now===void 0||!this.canChange(now)||
now.memo===text||(this.perform({operation:newId(),type:"memo",coding:coding.id,text}),this.say(this.words.said_memo))}retire(coding){
this.canChange(coding)&&(this.selected=null,this.perform({operation:newId(),type:"retire",coding:coding.id}),this.view.scroller.
focus({preventScroll:!0}),this.say(fill(this.words.said_retired,{code:this.book.spoken(coding)})))}undo(){this.refuseReadOnly()||
(this.perform({operation:newId(),type:"undo"}),this.say(this.words.said_undone))}inOrder(){return[...this.codings.values()].
sort((a,b)=>a.start-b.start||b.end-a.end||(a.id<b.id?-1:1))}choose(id){this.inspector.finishMemo(),this.selected=id===null?
null:this.codings.get(id)??null,this.shownCode=null,this.showSelected()}point(id){id!==this.pointed&&(this.pointed=id,this.
showSelected())}chooseCode(code){let span=this.view.selectedSpan();if(span!==null&&!this.data.read_only){this.codeButton.
hidden=!0,this.apply(code,null,span);return}this.selected=null,this.shownCode=code,this.showSelected()}codingsAt(codePoint){
return[...this.codings.values()].filter(({start,end})=>start<=codePoint&&codePoint<end).sort((a,b)=>a.end-a.start-(b.end-
b.start)||(a.id<b.id?-1:1))}pointAt(event){event.buttons!==0||this.pointerFrame!==0||event.target instanceof HTMLElement&&
event.target.dataset.coding!==void 0||(this.pointerFrame=requestAnimationFrame(()=>{this.pointerFrame=0;let place=this.view.
codePointUnder(event.clientX,event.clientY);this.point(place===null?null:this.codingsAt(place)[0]?.id??null)}))}clickedText(event){
if(event.target instanceof HTMLElement&&event.target.closest(".tp-stripes, .tp-code-button")!==null||this.view.selectedSpan()!==
null)return;let place=this.view.codePointUnder(event.clientX,event.clientY),here=place===null?[]:this.codingsAt(place),position=here.
findIndex(({id})=>id===this.selected?.id);this.choose(here[(position+1)%Math.max(1,here.length)]?.id??null)}noteSelection(){
this.palette.isOpen||!this.isAttached||this.walk===null||(this.span=this.view.selectedSpan(),this.root.dataset.selection=
this.span===null?"":`${this.span.start}-${this.span.end}`,this.span===null&&(this.codeButton.hidden=!0))}offerCode(){if(this.
noteSelection(),this.span===null||this.data.read_only||this.palette.isOpen||document.activeElement!==this.view.scroller)
return;let{scroller}=this.view,words=this.view.rectangle(this.span),frame=scroller.getBoundingClientRect();this.codeButton.
style.top=`${words.bottom-frame.top+scroller.scrollTop+4}px`,this.codeButton.style.left=`${Math.min(words.right,frame.right-
90)-frame.left}px`,this.codeButton.hidden=!1}openPalette(){let span=this.view.selectedSpan()??this.span;if(span===null){
this.selected!==null&&this.canChange(this.selected)?this.openPaletteToChange(this.selected):this.say(this.words.said_nothing_selected);
return}this.refuseReadOnly()||(this.codeButton.hidden=!0,this.span=span,this.view.highlights.hold(this.view.text,span),this.
palette.open({title:fill(this.words.code_selection,{quote:shortened(this.view.text.slice(span))}),valence:null,recent:this.
recent.keys,choose:(code,valence)=>this.apply(code,valence,span),closed:()=>this.closedPalette(span)},this.root.getBoundingClientRect(),
this.view.rectangle(span)))}openPaletteToChange(coding){this.canChange(coding)&&this.palette.open({title:fill(this.words.
change_code_of,{code:this.book.label(coding.code)}),valence:coding.valence,recent:this.recent.keys,choose:(code,valence)=>{
this.recent.use(code.key),this.change(this.selected??coding,{code:code.key,valence})},closed:()=>this.closedPalette(null)},
this.root.getBoundingClientRect(),this.view.rectangle(coding))}closedPalette(span){this.view.highlights.hold(this.view.text,
null),this.view.scroller.focus({preventScroll:!0}),span!==null&&this.view.select(span),this.noteSelection()}key(event){if(!event.
ctrlKey&&!event.metaKey&&!event.altKey&&(event.key.length===1||event.key==="Enter")&&event.stopPropagation(),this.walk===
null||event.defaultPrevented||event.isComposing||isTyping(event.target)||event.target instanceof HTMLButtonElement&&event.
key==="Enter")return;let command=commandFor(event);command!==null&&(event.preventDefault(),this.noteSelection(),this.obey(
command))}obey(command){switch(command.name){case"sentence":return this.stepSentence(command.step,command.extend);case"c\
oding":return this.stepCoding(command.step);case"palette":return this.openPalette();case"recent":return this.applyRecent(
command.index);case"repeat":return this.repeat();case"retire":return this.selected===null?void 0:this.retire(this.selected);case"\
memo":return this.inspector.editMemo();case"undo":return this.undo();case"help":return this.help.toggle(this.view.scroller);case"\
escape":return this.escape()}}stepSentence(step,extend){let caret=this.view.caret(),from=caret!==null&&this.view.isVisible(
caret)?caret:this.view.firstVisible(),span=this.walk.step(step,extend,this.span,from);span!==null&&(this.codeButton.hidden=
!0,this.view.scroller.focus({preventScroll:!0}),this.view.select(span),this.view.reveal(span),this.noteSelection(),this.
say(shortened(this.view.text.slice(span))))}stepCoding(step){let codings=this.inOrder(),from=this.selected?.start??this.
span?.start??this.view.firstVisible(),position=codings.findIndex(({id})=>id===this.selected?.id),next=position!==-1?codings[position+
step]:step===1?codings.find(({start})=>start>=from):codings.findLast(({start})=>start<from);if(next===void 0)return;this.
choose(next.id),this.view.select({start:next.start,end:next.start}),this.view.reveal(next);let spoken=this.book.spoken(next);
this.say(fill(this.words.said_selected,{coding:spoken,quote:shortened(this.view.text.slice(next))}))}applyRecent(index){
let code=this.book.code(this.recent.keys[index]??"");this.span===null?this.say(this.words.said_nothing_selected):code!==
void 0&&this.apply(code,null,this.span)}repeat(){this.span===null?this.say(this.words.said_nothing_selected):this.lastUsed!==
null&&this.apply(this.lastUsed.code,this.lastUsed.valence,this.span)}escape(){this.codeButton.hidden=!0,this.span!==null?
document.getSelection()?.collapseToStart():(this.selected!==null||this.shownCode!==null)&&this.choose(null),this.noteSelection()}};
function shortened(text){let line=text.replace(/\s+/g," ");return line.length<=90?line:`${line.slice(0,60)} … ${line.slice(
-24)}`}function newId(){let bytes=crypto.getRandomValues(new Uint8Array(16));bytes[6]=bytes[6]&15|64,bytes[8]=bytes[8]&63|
128;let hex=Array.from(bytes,byte=>byte.toString(16).padStart(2,"0")).join("");return[hex.slice(0,8),hex.slice(8,12),hex.
slice(12,16),hex.slice(16,20),hex.slice(20)].join("-")}var PARKED_FOR=1500,mounted=new WeakMap,parked=window.trigpointParked??=new Map;function identityOf({document:document2,
person}){return JSON.stringify([document2.id,document2.version,person])}function takeParked(identity){let found=parked.get(
identity);return found===void 0?null:(clearTimeout(found.giveUp),parked.delete(identity),found.reader)}function park(identity,reader){
reader.detach(),takeParked(identity)?.destroy();let giveUp=setTimeout(()=>takeParked(identity)?.destroy(),PARKED_FOR);parked.
set(identity,{reader,giveUp})}function render({data,parentElement,setStateValue}){let identity=identityOf(data),current=mounted.
get(parentElement);if(current!==void 0&&current.identity!==identity&&(park(current.identity,current.reader),current.reader.
root.remove(),current=void 0),current===void 0){let reader2=takeParked(identity)??new Reader(data,setStateValue);current=
{reader:reader2,identity},mounted.set(parentElement,current),reader2.attach(parentElement)}let{reader}=current;return reader.
update(data,setStateValue),()=>{mounted.get(parentElement)?.reader===reader&&(mounted.delete(parentElement),park(identity,
reader))}}export{render as default};
