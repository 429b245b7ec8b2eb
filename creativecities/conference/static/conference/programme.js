// Whoever is not where the conference is gets the offer to see its hours by their own clock as well.

const offer = document.querySelector(".zone-offer");
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (offer && zone && zone !== offer.dataset.zone && !new URLSearchParams(location.search).get("zone")) {
  const query = new URLSearchParams(location.search);
  query.set("zone", zone);
  offer.search = query;
  offer.querySelector("bdi").textContent = zone.replaceAll("_", " ");
  offer.hidden = false;
}
