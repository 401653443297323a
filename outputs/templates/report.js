"use strict";
// Filters only hide what the page already shows; without script everything stays readable.
(function () {
  var form = document.getElementById("loc");
  var count = document.getElementById("dem");
  if (!form) { return; }
  var cards = Array.prototype.slice.call(document.querySelectorAll("#phat-hien .finding"));
  var blocks = Array.prototype.slice.call(document.querySelectorAll("#phat-hien .document"));
  var folds = Array.prototype.slice.call(document.querySelectorAll("#phat-hien .folded"));
  // Marks are kept in the comparison only where the officer typed some: "hoa" finds "hòa", "hòa" does not find "hoa".
  function plain(text) { return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d"); }
  function exact(text) { return text.toLowerCase().normalize("NFC"); }
  var texts = null;
  function search(wanted) {
    var marked = plain(wanted) !== exact(wanted), fold = marked ? exact : plain;
    if (!texts || texts.marked !== marked) {
      texts = cards.map(function (card) { return fold(card.textContent).replace(/\s+/g, " "); });
      texts.marked = marked;
    }
    var words = fold(wanted).replace(/\s+/g, " ");
    return function (i) { return texts[i].indexOf(words) !== -1; };
  }
  function apply() {
    var wanted = {}, any = false;
    ["severity", "certainty", "rule", "state", "document"].forEach(function (name) {
      wanted[name] = form.elements[name].value;
      any = any || wanted[name] !== "";
    });
    var text = form.elements.text.value.trim(), found = text ? search(text) : null, shown = 0;
    any = any || text !== "";
    cards.forEach(function (card, i) {
      var fits = Object.keys(wanted).every(function (name) { return !wanted[name] || card.dataset[name] === wanted[name]; });
      card.hidden = !(fits && (!found || found(i)));
      if (!card.hidden) { shown += 1; }
    });
    folds.forEach(function (fold) {
      var some = fold.querySelector(".finding:not([hidden])") !== null;
      fold.hidden = !some;
      if (any) { fold.open = some; }
    });
    blocks.forEach(function (block) { block.hidden = any && block.querySelector(".finding:not([hidden])") === null; });
    count.textContent = any ? "Đang hiện " + shown + "/" + cards.length + " mục" : cards.length + " mục";
  }
  function reveal() {
    var target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { node.open = true; }
    }
    if (target && target.hidden) { form.reset(); apply(); }
    if (target) { target.scrollIntoView(); }
  }
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("change", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(apply, 0); });
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.places").forEach(function (fold) { fold.open = true; });
  });
  apply();
  if (location.hash) { reveal(); }
})();
