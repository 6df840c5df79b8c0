// sources sha256 a3aa9a16c0d8c47647a7e6a5347998a5d19cbf005df5f70c6e964bd558e94e5b; made by "npm run build" from src/, do not edit
function groundOf(probe){let channels=getComputedStyle(probe).backgroundColor.match(/[\d.]+/g)?.map(Number)??[],[red=255,
green=255,blue=255,alpha=1]=channels;return alpha===0?"light":.2126*red+.7152*green+.0722*blue<128?"dark":"light"}function siblings(lines,parent){return lines.filter(line=>line.state==="in force"&&line.parent===parent)}function found(lines,key){
return lines.find(line=>line.key===key)}function isUnder(lines,key,above){for(let line=found(lines,key);line!==void 0;line=
found(lines,line.parent))if(line.key===above)return!0;return!1}function placeByKey(lines,key,arrow){let line=found(lines,
key);if(line===void 0)return null;let beside=siblings(lines,line.parent),at=beside.findIndex(other=>other.key===key),previous=beside[at-
1];switch(arrow){case"ArrowUp":return previous===void 0?null:{parent:line.parent,before:previous.key};case"ArrowDown":return beside[at+
1]===void 0?null:{parent:line.parent,before:beside[at+2]?.key??null};case"ArrowRight":return previous===void 0?null:{parent:previous.
key,before:null};case"ArrowLeft":return after(lines,line.parent);default:return null}}function placeByDrop(lines,key,target,where){
let line=found(lines,target);if(line===void 0||line.state!=="in force"||isUnder(lines,target,key))return null;let place={
parent:target,before:null};return where==="before"&&(place={parent:line.parent,before:target}),where==="after"&&(place=after(
lines,target)),place===null||isThere(lines,key,place)?null:place}function after(lines,key){let line=found(lines,key);if(line===
void 0)return null;let beside=siblings(lines,line.parent),at=beside.findIndex(other=>other.key===key);return{parent:line.
parent,before:beside[at+1]?.key??null}}function isThere(lines,key,place){if(place.before===key)return!0;let line=found(lines,
key),now=after(lines,key);return line!==void 0&&line.parent===place.parent&&now?.before===place.before}var style_default=`.tpt{--ground: #FBFAF7;--ground-2: #F1EFE8;--rule: #D9D5CA;--ink: #1E2226;--soft: #5A6068;--accent: #\
0B625E;width:100%;color:var(--ink);font:14px/1.25 var(--st-font, -apple-system, "Segoe UI", Inter, Roboto, sans-serif);f\
ont-variant-numeric:tabular-nums}.tpt[data-ground=dark]{--ground: #15181B;--ground-2: #1D2226;--rule: #343A40;--ink: #E8\
E4DB;--soft: #A3A9B0;--accent: #6CCDC2;color-scheme:dark}.tpt *,.tpt *::before{box-sizing:border-box}.tpt-probe{position\
:absolute;width:0;height:0;visibility:hidden;background-color:var(--st-background-color, #fff);transition:background-col\
or 1ms!important}.tpt-list{list-style:none;margin:0;padding:0;max-height:max(320px,calc(100vh - var(--tpt-above, 236px))\
);overflow:auto;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule);scrollbar-width:thin;scrollbar-colo\
r:var(--rule) transparent}.tpt-row{display:grid;grid-template-columns:20px 14px 1fr auto 44px;align-items:center;min-hei\
ght:30px;margin:0!important;padding:0 8px 0 calc(4px + var(--depth) * 18px)!important;cursor:pointer;position:relative;f\
ont-size:14px}.tpt-row:hover{background:var(--ground-2)}.tpt-row[aria-selected=true]{background:var(--ground-2);box-shad\
ow:inset 3px 0 0 var(--accent)}.tpt-row:focus{outline:none}.tpt-row:focus-visible{outline:2px solid var(--accent);outlin\
e-offset:-2px;z-index:1}.tpt-row[aria-level="1"] .tpt-label{font-weight:600}.tpt-twisty{min-height:24px;display:grid;pla\
ce-items:center;color:var(--soft);font-size:12px}.tpt-colour{width:9px;height:9px;background:var(--code, currentColor);b\
order-radius:1px}.tpt-row[aria-level="1"] .tpt-colour{width:11px;height:11px}.tpt-label{overflow:hidden;text-overflow:el\
lipsis;white-space:nowrap;padding-right:10px}.tpt-key{color:var(--soft);font-size:12px;max-width:130px;overflow:hidden;t\
ext-overflow:ellipsis;white-space:nowrap}.tpt-count{text-align:right}.tpt-busy{opacity:.55}.tpt-row[data-state=retired] \
.tpt-label{color:var(--soft);text-decoration:line-through;font-weight:400}.tpt-row[data-state=proposed] .tpt-label{font-\
style:italic;font-weight:400}.tpt-group{margin:0!important;padding:10px 8px 4px!important;color:var(--soft);font-size:12\
px;border-top:1px solid var(--rule)}.tpt-row[data-drop=under]{background:color-mix(in srgb,var(--accent) 16%,transparent\
)}.tpt-row[data-drop=before]{box-shadow:inset 0 2px 0 var(--accent)}.tpt-row[data-drop=after]{box-shadow:inset 0 -2px 0 \
var(--accent)}.tpt-input{grid-column:3 / 5;min-width:0;height:24px;margin-right:8px;padding:0 6px;font:inherit;color:var\
(--ink);background:var(--ground);border:1px solid var(--accent);border-radius:3px;outline:none}.tpt-status{margin:6px 0 \
0;color:var(--soft);font-size:12px}@media(forced-colors:active){.tpt-row[aria-selected=true]{outline:2px solid Highlight\
}}
`;var PATIENCE=1e4,Tree=class{root=make("div","tpt");probe=make("i","tpt-probe");list=make("ul","tpt-list");status=make("p",
"tpt-status");data=null;answers={select:()=>{},send:()=>{}};rows=new Map;closed=new Set;cursor=null;waiting=[];inFlight=!1;attempts=0;timer=0;dragged=null;typed={
text:"",at:0};constructor(parent){let styles=document.createElement("style");styles.textContent=style_default,this.probe.
setAttribute("aria-hidden","true"),this.probe.addEventListener("transitionend",()=>this.colour()),this.root.dataset.trigpoint=
"tree",this.list.setAttribute("role","tree"),this.status.setAttribute("role","status"),this.list.addEventListener("keydo\
wn",event=>this.onKey(event)),this.list.addEventListener("click",event=>this.onClick(event)),this.list.addEventListener(
"dblclick",event=>this.onDoubleClick(event));for(let name of["dragstart","dragover","dragleave","drop","dragend"])this.list.
addEventListener(name,event=>this.onDrag(name,event));this.root.append(this.list,this.status),parent.append(styles,this.
probe,this.root)}update(data,answers){this.answers=answers;let other=this.data!==null&&this.data.book!==data.book,had=this.
data?.lines.map(line=>line.key)??[];this.data=data,other&&(this.closed.clear(),this.cursor=null);let before=this.waiting.
length;if(this.waiting=this.waiting.filter(act=>!data.acked.includes(act.id)),this.waiting.length<before&&(this.inFlight=
!1,clearTimeout(this.timer)),had.length>0&&!other&&document.activeElement?.closest(".tpt")===this.root){let added=data.lines.
find(line=>!had.includes(line.key)&&line.state==="in force");added!==void 0&&(this.cursor=added.key)}this.root.querySelector(
"input")===null?this.draw():this.mark(),this.flush()}destroy(){clearTimeout(this.timer),this.root.remove(),this.probe.remove()}get lines(){
return this.data?.lines??[]}line(key){return this.lines.find(line=>line.key===key)}isOpen(line){return!this.closed.has(line.
key)}hasBelow(key){return this.lines.some(line=>line.parent===key&&line.state==="in force")}isShown(line){if(line.state!==
"in force")return!0;for(let above=this.line(line.parent);above!==void 0;above=this.line(above.parent))if(this.closed.has(
above.key))return!1;return!0}shown(){return this.lines.filter(line=>this.isShown(line))}draw(){let data=this.data;if(data===
null)return;let hadFocus=this.list.contains(document.activeElement),scrolled=this.list.scrollTop;this.list.setAttribute(
"aria-label",data.name),this.rows=new Map;let elements=[],state="in force";for(let line of this.shown()){line.state!==state&&
elements.push(make("li","tpt-group",data.words[line.state])),line.state!==state&&elements.at(-1)?.setAttribute("role","p\
resentation"),state=line.state;let row=this.row(line,data);this.rows.set(line.key,row),elements.push(row)}this.list.replaceChildren(
...elements),this.list.scrollTop=scrolled,this.root.dataset.rows=String(this.rows.size),(this.cursor===null||!this.rows.
has(this.cursor))&&(this.cursor=data.selected!==null&&this.rows.has(data.selected)?data.selected:this.shown()[0]?.key??null),
this.mark(),this.colour(),hadFocus&&this.current()?.focus({preventScroll:!1})}row(line,data){let row=make("li","tpt-row");
row.setAttribute("role","treeitem"),row.setAttribute("aria-level",String(line.depth+1)),row.setAttribute("aria-label",`${line.
label}, ${line.key}, ${line.said}`),row.dataset.code=line.key,row.dataset.state=line.state,row.title=line.said,row.style.
setProperty("--depth",String(line.depth)),row.draggable=data.editable&&line.state==="in force";let twisty=make("span","t\
pt-twisty");line.state==="in force"&&this.hasBelow(line.key)&&(row.setAttribute("aria-expanded",String(this.isOpen(line))),
twisty.textContent=this.isOpen(line)?"▾":"▸");let count=make("span","tpt-count",line.codings>0?String(line.codings):
"");row.append(twisty,make("span","tpt-colour"),make("span","tpt-label",line.label),make("span","tpt-key",line.key),count);
for(let child of row.children)child.setAttribute("aria-hidden","true");return row}mark(){let busy=new Set(this.waiting.flatMap(
act=>"code"in act?[act.code]:[]));for(let[key,row]of this.rows)row.setAttribute("aria-selected",String(key===this.data?.
selected)),row.setAttribute("tabindex",key===this.cursor?"0":"-1"),row.classList.toggle("tpt-busy",busy.has(key));this.root.
dataset.pending=String(this.waiting.length);let words=this.data?.words;this.status.textContent=words===void 0?"":this.waiting.
length>0?words.saving:words.keys}colour(){let ground=groundOf(this.probe);this.root.dataset.ground=ground;for(let[key,row]of this.
rows)row.style.setProperty("--code",this.line(key)?.colour[ground]??"currentColor")}current(){return this.cursor===null?
void 0:this.rows.get(this.cursor)}goTo(key){key===void 0||!this.rows.has(key)||(this.cursor=key,this.mark(),this.current()?.
focus())}onKey(event){if(event.target instanceof HTMLInputElement)return;let line=this.line(this.cursor);if(line===void 0)
return;let handled=event.altKey?this.moveByKey(line,event.key):this.walk(line,event);handled&&event.preventDefault(),(handled||
event.key.length===1)&&event.stopPropagation()}walk(line,event){if(event.ctrlKey||event.metaKey)return!1;let shown=this.
shown(),at=shown.findIndex(other=>other.key===line.key),step={ArrowUp:at-1,ArrowDown:at+1,Home:0,End:shown.length-1,PageUp:Math.
max(0,at-10),PageDown:Math.min(shown.length-1,at+10)}[event.key];if(step!==void 0)this.goTo(shown[step]?.key);else if(event.
key==="ArrowRight")this.openOrEnter(line,shown[at+1]);else if(event.key==="ArrowLeft")this.closeOrLeave(line);else if(event.
key==="Enter"||event.key===" ")this.choose(line.key);else if(event.key==="F2")this.rename(line);else if(event.key==="+"||
event.key==="Insert")this.addUnder(line);else if(event.key==="Delete")this.retire(line);else if(event.key.length===1)this.
find(event.key,at);else return!1;return!0}openOrEnter(line,next){this.hasBelow(line.key)&&(this.isOpen(line)?this.goTo(next?.
key):this.toggle(line))}closeOrLeave(line){this.hasBelow(line.key)&&this.isOpen(line)?this.toggle(line):this.goTo(line.parent??
void 0)}toggle(line){this.isOpen(line)?this.closed.add(line.key):this.closed.delete(line.key),this.cursor!==null&&this.cursor!==
line.key&&isUnder(this.lines,this.cursor,line.key)&&(this.cursor=line.key),this.draw()}find(letter,at){let now=Date.now();
this.typed={text:(now-this.typed.at<800?this.typed.text:"")+folded(letter),at:now};let shown=this.shown(),from=this.typed.
text.length>1?at:at+1,order=[...shown.slice(from),...shown.slice(0,from)],begins=line=>folded(line.label).startsWith(this.
typed.text)||folded(line.key).startsWith(this.typed.text);this.goTo(order.find(begins)?.key)}choose(key){this.data!==null&&
(this.data={...this.data,selected:key}),this.mark(),this.answers.select(key)}onClick(event){let row=rowOf(event);if(row===
null||event.target instanceof HTMLInputElement)return;let line=this.line(row.dataset.code??null);line!==void 0&&(this.goTo(
line.key),event.target instanceof Element&&event.target.closest(".tpt-twisty")&&this.hasBelow(line.key)?this.toggle(line):
this.choose(line.key))}onDoubleClick(event){let line=this.line(rowOf(event)?.dataset.code??null);line!==void 0&&this.rename(
line)}mayChange(line){return this.data?.editable===!0&&line.state==="in force"}moveByKey(line,key){if(!key.startsWith("A\
rrow")||!this.mayChange(line))return!1;let place=placeByKey(this.lines,line.key,key);return place!==null&&this.move(line.
key,place),!0}move(code,place){place.parent!==null&&this.closed.delete(place.parent),this.does({act:"move",code,...place})}retire(line){
this.mayChange(line)&&this.does({act:"retire",code:line.key})}rename(line){let row=this.rows.get(line.key);!this.mayChange(
line)||row===void 0||this.data===null||this.ask(row,this.data.words.rename,line.label,label=>{label!==line.label&&this.does(
{act:"rename",code:line.key,label})})}addUnder(line){if(!this.mayChange(line)||this.data===null)return;this.closed.delete(
line.key),this.draw();let row=make("li","tpt-row");row.style.setProperty("--depth",String(line.depth+1)),row.append(make(
"span","tpt-twisty"),make("span","tpt-colour"),make("span","tpt-label"));let family=this.shown().filter(other=>other.state===
"in force"&&isUnder(this.lines,other.key,line.key));this.rows.get(family.at(-1)?.key??line.key)?.after(row),this.ask(row,
this.data.words.new_label,"",label=>this.does({act:"add",parent:line.key,label}),!0)}ask(row,name,value,give,isNew=!1){let input=document.
createElement("input");input.className="tpt-input",input.value=value,input.maxLength=200,input.setAttribute("aria-label",
name),input.placeholder=name,row.querySelector(".tpt-label")?.replaceWith(input),row.draggable=!1;let done=!1,end=(keep,focus)=>{
if(done)return;done=!0;let text=input.value.trim();isNew?row.remove():input.replaceWith(make("span","tpt-label",keep&&text!==
""?text:value)),keep&&text!==""&&give(text),this.draw(),focus&&this.current()?.focus()};input.addEventListener("keydown",
event=>{event.stopPropagation(),event.key==="Enter"?end(!0,!0):event.key==="Escape"&&end(!1,!0)}),input.addEventListener(
"blur",()=>end(!isNew,!1)),input.focus(),input.select()}does(what){this.waiting.push({id:crypto.randomUUID(),...what}),this.
mark(),this.flush()}flush(){this.inFlight||this.waiting.length===0||(this.inFlight=!0,this.answers.send({attempt:++this.
attempts,acts:this.waiting.slice(0,1)}),this.timer=setTimeout(()=>{this.inFlight=!1,this.flush()},PATIENCE))}onDrag(name,event){
let row=rowOf(event);if(name==="dragstart"){this.dragged=row?.dataset.code??null,event.dataTransfer?.setData("text/plain",
this.line(this.dragged)?.label??""),event.dataTransfer!==null&&(event.dataTransfer.effectAllowed="move");return}for(let other of this.
rows.values())other.removeAttribute("data-drop");let target=row?.dataset.code;if(name==="dragend"||name==="dragleave"){name===
"dragend"&&(this.dragged=null);return}if(row===null||target===void 0||this.dragged===null)return;let where=whereIn(row,event.
clientY),place=placeByDrop(this.lines,this.dragged,target,where);place!==null&&(event.preventDefault(),name==="dragover"?
row.dataset.drop=where:(this.cursor=this.dragged,this.move(this.dragged,place),this.dragged=null))}};function whereIn(row,y){
let{top,height}=row.getBoundingClientRect(),part=(y-top)/height;return part<.28?"before":part>.72?"after":"under"}function rowOf(event){
return event.target instanceof Element?event.target.closest("[role=treeitem]"):null}function folded(text){return text.normalize(
"NFKD").replace(/\p{M}/gu,"").toLowerCase()}function make(tag,className="",text=""){let element=document.createElement(tag);
return className!==""&&(element.className=className),text!==""&&(element.textContent=text),element}var mounted=new WeakMap;function render({data,parentElement,setStateValue}){let tree=mounted.get(parentElement);return tree===
void 0&&(tree=new Tree(parentElement),mounted.set(parentElement,tree)),tree.update(data,{select:key=>setStateValue("sele\
cted",key),send:sent=>setStateValue("sent",sent)}),()=>{mounted.get(parentElement)?.destroy(),mounted.delete(parentElement)}}export{render as default};
